package io.millrace.storage.sqlite.internal.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupDimensionTest {
    @TempDir
    Path directory;

    @Test
    void theTableOfDimensionsHasTheSameNumbersAndNames() throws SQLException {
        Path file = directory.resolve("millrace.db");
        SqliteStorage.open(file).close();
        Map<Integer, String> stored = new TreeMap<>();
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT id, name FROM dimensions")) {
            while (rows.next()) {
                stored.put(rows.getInt(1), rows.getString(2));
            }
        }
        Map<Integer, String> known = new TreeMap<>();
        for (RollupDimension d : RollupDimension.values()) {
            known.put(d.number(), d.name().toLowerCase(Locale.ROOT));
        }
        assertThat(stored).isEqualTo(known);
    }
}
