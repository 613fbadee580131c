/** The engine: what embeds it reads the root package, what plugs into it implements {@code spi}; the rest is closed. */
module io.millrace.engine {
    requires com.github.benmanes.caffeine;
    requires com.google.common;
    requires com.lmax.disruptor;
    requires org.slf4j;
    requires static io.soabase.recordbuilder.core;
    requires static transitive java.compiler; // for the annotations of generated builders
    requires org.yaml.snakeyaml; // for uap.java, which is an automatic module and cannot say so
    requires uap.java;

    exports io.millrace.engine;
    exports io.millrace.engine.spi;
}
