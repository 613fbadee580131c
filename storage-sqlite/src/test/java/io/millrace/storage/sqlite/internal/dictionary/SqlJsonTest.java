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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\"",
                "back\\slash",
                "\\",
                "two\nlines\t\u0001",
                ",",
                ":",
                "\",\"",
                "ü 😀",
                "{}"
            })
    void valuesAreReadAsTheyWereWritten(String text) {
        List<String> objects = List.of(
                SqlJson.object(Map.of("a", text, "k", text + "1", "z", text)),
                SqlJson.object(Map.of("a", text, ":", text, text + "k", "k")),
                SqlJson.object(Map.of()),
                SqlJson.object(Map.of(text + "k", text)));
        assertThat(SqlJson.values(objects, "k")).startsWith(text + "1").hasSize(objects.size());
        assertThat(SqlJson.values(objects, "a")).containsExactly(text, text, null, null);
        assertThat(SqlJson.values(objects, ",")).containsOnlyNulls();
        assertThat(SqlJson.values(objects, text + "k").subList(1, 4)).containsExactly("k", null, text);
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
