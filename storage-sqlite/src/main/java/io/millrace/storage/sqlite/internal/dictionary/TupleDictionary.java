package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Tuples of texts that repeat from visit to visit (agents, places, origins) and the numbers they are kept as. The store
 * thread's.
 *
 * @param <K> what is kept; its equality is the tuple's
 */
final class TupleDictionary<K> {
    private static final int REMEMBERED = 50_000;

    private final TupleTable<K> table;
    private final String select;
    private final String insert;
    private final CommittedCache<K, Tuple> known = new CommittedCache<>(REMEMBERED);

    TupleDictionary(TupleTable<K> table) {
        this.table = table;
        this.select = "SELECT id FROM " + table.name() + " WHERE " + String.join(" = ? AND ", table.names()) + " = ?";
        this.insert = "INSERT INTO " + table.name() + " (" + String.join(", ", table.names()) + ") VALUES (?"
                + ", ?".repeat(table.columns().size() - 1) + ") RETURNING id";
    }

    Tuple of(StatementCache sql, TextDictionary dictionary, K key) throws SQLException {
        Tuple tuple = known.get(key);
        if (tuple == null) {
            tuple = find(sql, dictionary, key);
            known.put(key, tuple);
        }
        return tuple;
    }

    private Tuple find(StatementCache sql, TextDictionary dictionary, K key) throws SQLException {
        int[] parts = new int[table.columns().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = dictionary.id(sql, table.columns().get(i).text().apply(key));
        }
        int id = run(sql.get(select), parts);
        return new Tuple(id != 0 ? id : run(sql.get(insert), parts), parts);
    }

    private static int run(PreparedStatement statement, int[] parts) throws SQLException {
        for (int i = 0; i < parts.length; i++) {
            statement.setInt(i + 1, parts[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    void commit() {
        known.commit();
    }

    void rollback() {
        known.rollback();
    }
}
