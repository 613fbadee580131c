package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the tuples of the dictionaries say, a column at a time, by the tuple's number: they never change, and new ones have
 * higher numbers. Thread-safe.
 */
public final class TupleValues {
    @Fixed("a number for each tuple of the dictionaries and column that is asked for")
    private final Map<String, int[]> columns = new HashMap<>();

    /** A column of a dictionary, up to the newest tuple of the statement's snapshot at least. */
    synchronized int[] column(StatementCache sql, String table, String name) throws SQLException {
        int last = (int) sql.number(0, "SELECT max(id) FROM " + table);
        int[] known = columns.getOrDefault(table + "." + name, new int[1]);
        if (last < known.length) {
            return known;
        }
        int[] values = Arrays.copyOf(known, last + 1);
        try (ResultSet rows = sql.bind("SELECT id, " + name + " FROM " + table + " WHERE id >= ?", known.length)
                .executeQuery()) {
            while (rows.next()) {
                values[rows.getInt(1)] = rows.getInt(2);
            }
        }
        columns.put(table + "." + name, values);
        return values;
    }
}
