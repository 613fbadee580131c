/** Beacons as clients write them, and JSON: what reads them uses the root package and {@code json}. */
module io.millrace.wire {
    requires com.google.common;
    requires dsl.json;
    // dsl.json uses it and, as an automatic module, cannot say so.
    requires java.sql;
    requires transitive io.millrace.engine;

    exports io.millrace.wire;
    exports io.millrace.wire.json;
}
