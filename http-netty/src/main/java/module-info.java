/** The HTTP front-end: what starts it reads the root package; the rest is closed. */
module io.millrace.http {
    requires com.github.benmanes.caffeine;
    requires com.maxmind.db;
    requires io.millrace.wire;
    requires io.netty.buffer;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires java.management;
    requires jdk.management;
    requires org.slf4j;
    requires static io.soabase.recordbuilder.core;
    requires static transitive java.compiler; // for the annotations of generated builders
    requires transitive io.millrace.dashboard;
    requires transitive io.millrace.engine;

    exports io.millrace.http;
}
