package io.millrace.storage.sqlite;

import io.millrace.storage.sqlite.internal.connection.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/** A SQLite file of another program, read only. Immutable. */
public record ForeignDatabase(Path file) {
    /** Is given rows one after the other. */
    @FunctionalInterface
    public interface Rows {
        /** @param cells texts by the names of their columns in lower case; null: there is none */
        void row(Map<String, String> cells) throws IOException;
    }

    /**
     * Hands over the rows of a question, in its order.
     *
     * @throws IOException when it is no SQLite file, or has no such tables; with one line for people
     */
    public void each(String sql, List<String> parameters, Rows rows) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        NativeLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            try (ResultSet answer = statement.executeQuery()) {
                each(answer, rows);
            }
        } catch (SQLException e) {
            throw new IOException(file + ": not such a database: " + e.getMessage(), e);
        }
    }

    private static void each(ResultSet answer, Rows rows) throws SQLException, IOException {
        ResultSetMetaData columns = answer.getMetaData();
        while (answer.next()) {
            Map<String, String> cells = new HashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                cells.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), answer.getString(i));
            }
            rows.row(cells);
        }
    }
}
