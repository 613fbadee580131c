package io.millrace.storage.sqlite.internal.schema;

import io.millrace.engine.StorageUse;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.List;

/** How many bytes the tables take, which only reading every page tells: 0.1 s for 256 MB that are in memory. */
public final class TableSizes {
    /** Greater files are told in all only, so that no read takes long. */
    private static final long MOST_BYTES = 2L << 30;

    private static final String TABLES = """
            SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name
            WHERE d.aggregate = TRUE GROUP BY 1 ORDER BY 2 DESC, 1""";

    private TableSizes() {}

    public static StorageUse read(StatementCache sql) throws SQLException {
        return read(sql, MOST_BYTES);
    }

    static StorageUse read(StatementCache sql, long most) throws SQLException {
        long page = sql.number(0, "PRAGMA page_size");
        long bytes = page * sql.number(0, "PRAGMA page_count");
        long free = page * sql.number(0, "PRAGMA freelist_count");
        return new StorageUse(bytes, free, bytes > most ? List.of() : tables(sql));
    }

    private static List<StorageUse.Table> tables(StatementCache sql) throws SQLException {
        return StatementCache.list(sql.bind(TABLES), row -> new StorageUse.Table(row.getString(1), row.getLong(2)));
    }
}
