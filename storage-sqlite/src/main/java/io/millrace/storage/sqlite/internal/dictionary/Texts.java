package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Texts of the dictionary, as readers find them. Stateless. */
public final class Texts {
    private Texts() {}

    /** Those with these numbers, by number. */
    public static Map<Integer, String> of(StatementCache sql, Collection<Integer> numbers) throws SQLException {
        Map<Integer, String> texts = new HashMap<>();
        sql.each(
                "SELECT id, text FROM texts WHERE id IN (SELECT value FROM json_each(?))",
                row -> texts.put(row.getInt(1), row.getString(2)),
                SqlJson.array(numbers));
        return texts;
    }
}
