package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Tuples of texts that repeat from visit to visit (agents, places, origins) and the numbers they are kept as. The store
 * thread's.
 *
 * @param <K> what is kept
 */
final class TupleDictionary<K> {
    /** The numbers of the texts of a tuple, as the key that finds it. Immutable. */
    private record TextNumbers(int[] parts) implements Comparable<TextNumbers> {

        int bytes() {
            return HeldBytes.numbers(0)
                    + HeldBytes.numbers(parts.length)
                    + Integer.SIZE; // with the tuple that it finds
        }

        @Override
        public int compareTo(TextNumbers other) {
            return Arrays.compare(parts, other.parts);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof TextNumbers other && Arrays.equals(parts, other.parts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(parts);
        }
    }

    private final TupleTable<K> table;
    private final String select;
    private final String insert;

    @Bounded("storage_tuples")
    private final CommittedCache<TextNumbers, Tuple> known;

    /** @param bytes what it may remember */
    TupleDictionary(TupleTable<K> table, long bytes) {
        this.table = table;
        this.known = new CommittedCache<>(bytes, TextNumbers::bytes);
        this.select = "SELECT id FROM " + table.name() + " WHERE " + String.join(" = ? AND ", table.names()) + " = ?";
        this.insert = "INSERT INTO " + table.name() + " (" + String.join(", ", table.names()) + ") VALUES (?"
                + ", ?".repeat(table.columns().size() - 1) + ") RETURNING id";
    }

    CommittedCache<TextNumbers, Tuple> remembered() {
        return known;
    }

    Tuple of(StatementCache sql, TextDictionary dictionary, K key) throws SQLException {
        int[] parts = new int[table.columns().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = dictionary.id(sql, table.columns().get(i).text().apply(key));
        }
        TextNumbers numbers = new TextNumbers(parts);
        Tuple tuple = known.get(numbers);
        if (tuple == null) {
            int id = run(sql.get(select), parts);
            tuple = new Tuple(id != 0 ? id : run(sql.get(insert), parts), parts);
            known.put(numbers, tuple);
        }
        return tuple;
    }

    /** The tuple with this number, which is stored. */
    Tuple stored(StatementCache sql, int id) throws SQLException {
        return new Tuple(id, TupleTable.parts(sql, table.name(), id));
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
