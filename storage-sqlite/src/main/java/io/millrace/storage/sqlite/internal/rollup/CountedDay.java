package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;

/** Roll-ups of a day that were counted from its rows, and are to be stored. */
@FunctionalInterface
public interface CountedDay {
    /** Within a transaction; the day must be as it was when it was counted. */
    void save(StatementCache sql) throws SQLException;
}
