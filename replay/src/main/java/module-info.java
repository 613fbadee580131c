/** Beacons from files: what embeds it reads the root package; the rest is closed. */
module io.millrace.replay {
    requires io.millrace.wire;
    requires org.slf4j;
    requires transitive io.millrace.engine;

    exports io.millrace.replay;
}
