/** Beacons from files: what embeds it reads the root package; the rest is closed. */
module io.millrace.replay {
    requires com.google.common;
    requires de.siegmar.fastcsv;
    requires org.slf4j;
    requires transitive io.millrace.engine;
    requires transitive io.millrace.wire;

    exports io.millrace.replay;
}
