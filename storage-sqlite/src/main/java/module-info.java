/** One SQLite file as the storage of the engine: what embeds it reads the root package; the rest is closed. */
module io.millrace.storage.sqlite {
    requires transitive io.millrace.engine;
    requires transitive io.prometheus.metrics.model;
    requires io.leangen.geantyref; // for Jdbi, which is an automatic module and cannot say so
    requires io.prometheus.metrics.core;
    requires com.google.common;
    requires java.sql;
    requires org.jdbi.v3.core;
    requires org.jdbi.v3.sqlobject;
    requires org.slf4j;
    requires static io.soabase.recordbuilder.core;
    requires static transitive java.compiler; // for the annotations of generated builders
    requires org.xerial.sqlitejdbc;
    requires roaringbitmap;

    exports io.millrace.storage.sqlite;

    opens io.millrace.storage.sqlite.internal.account to
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject;
    opens io.millrace.storage.sqlite.internal.write to
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject;
}
