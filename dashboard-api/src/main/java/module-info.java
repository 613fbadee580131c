/** The dashboard route: what carries requests to it reads the root package; the rest is closed. */
module io.millrace.dashboard {
    requires com.github.benmanes.caffeine;
    requires io.prometheus.metrics.core;
    requires io.prometheus.writer.text;
    requires com.google.common;
    requires io.millrace.wire;
    requires org.slf4j;
    requires static io.soabase.recordbuilder.core;
    requires static transitive java.compiler; // for the annotations of generated builders
    requires password4j;
    requires transitive io.millrace.engine;
    requires transitive io.prometheus.metrics.model;

    exports io.millrace.dashboard;
}
