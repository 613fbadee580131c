package io.millrace.storage.sqlite.internal.schema;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.connection.Errors;
import io.millrace.storage.sqlite.internal.connection.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Whether a file is a sound database of this program. */
public final class IntegrityCheck {
    private IntegrityCheck() {}

    /** @param name what people know the file as: the one that they named, of which it may be a copy */
    public static void check(Path file, Path name) {
        if (!Files.isRegularFile(file)) {
            throw refuse(name, "no such file");
        }
        NativeLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection c = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
                Statement s = c.createStatement()) {
            ConnectionFactory.refuseForeign(name, s);
            int version = Integer.parseInt(first(s, "PRAGMA user_version"));
            if (version > Migrations.NEWEST) {
                throw refuse(name, "made by a newer version of Millrace (schema " + version + ")");
            }
            String found = first(s, "PRAGMA quick_check(1)");
            if (!found.equals("ok")) {
                throw refuse(name, "damaged: " + found);
            }
        } catch (SQLException e) {
            throw Errors.of(name.toString(), e);
        }
    }

    private static String first(Statement s, String sql) throws SQLException {
        try (ResultSet rows = s.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static StorageException refuse(Path file, String why) {
        return new StorageException(Kind.FATAL, file + ": " + why);
    }
}
