package io.millrace.storage.sqlite.internal.schema;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Brings a database to the newest schema: numbered SQL files, each in a transaction of its own, forward only. */
public final class Migrations {
    /** The newest schema. */
    static final int NEWEST = 21;

    private static final Pattern STATEMENT_END = Pattern.compile(";\\s*(--[^\n]*)?\n");

    private Migrations() {}

    public static void run(Handle handle, String name) throws SQLException {
        int version =
                handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
        if (version > NEWEST) {
            throw new StorageException(
                    Kind.FATAL,
                    name + ": made by a newer version of Millrace (schema " + version + ", this one knows " + NEWEST
                            + ")");
        }
        for (int next = version + 1; next <= NEWEST; next++) {
            int to = next;
            handle.useTransaction(h -> migrate(h.getConnection(), to));
        }
    }

    private static void migrate(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(version)) {
                statement.execute(sql);
            }
            statement.execute("PRAGMA user_version = " + version);
        }
    }

    private static String[] statements(int version) {
        String resource = String.format(Locale.ROOT, "/io/millrace/storage/sqlite/migrations/%03d.sql", version);
        try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return STATEMENT_END.split(sql.strip() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
