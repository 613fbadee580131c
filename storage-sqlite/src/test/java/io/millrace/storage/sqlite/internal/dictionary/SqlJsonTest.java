package io.millrace.storage.sqlite.internal.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlJsonTest {
    /** What SQLite finds in a text that one parameter carries. */
    private static List<String> read(String json) throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                PreparedStatement each = memory.prepareStatement("SELECT key || '=' || value FROM json_each(?)")) {
            each.setString(1, json);
            List<String> found = new ArrayList<>();
            ResultSet rows = each.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "\"quoted\"", "back\\slash", "two\nlines\t\u0001", "\u007f\u2028", "ü 😀", "{}"})
    void sqliteReadsEveryText(String text) throws SQLException {
        assertThat(read(SqlJson.object(Map.of("k", text)))).containsExactly("k=" + text);
    }

    @Test
    void keysAreInOrder() throws SQLException {
        assertThat(read(SqlJson.object(Map.of("b", "2", "a\"", "1")))).containsExactly("a\"=1", "b=2");
        assertThat(SqlJson.object(Map.of())).isEqualTo("{}");
    }

    @Test
    void oneParameterCarriesAList() throws SQLException {
        assertThat(read(SqlJson.array(List.of(7, Long.MAX_VALUE)))).containsExactly("0=7", "1=" + Long.MAX_VALUE);
        assertThat(read(SqlJson.array(List.of()))).isEmpty();
    }
}
