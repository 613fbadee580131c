/** The dashboard route: what carries requests to it reads the root package; the rest is closed. */
module io.millrace.dashboard {
    requires com.github.benmanes.caffeine;
    requires io.millrace.wire;
    requires org.slf4j;
    requires password4j;
    requires transitive io.millrace.engine;

    exports io.millrace.dashboard;
}
