package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.SqliteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to one database file with the pragmas that the settings ask for. What they sort and does not fit their
 * cache goes to temporary files: a day of a large site would not fit in memory. Thread-safe.
 */
public class ConnectionFactory {
    /** Marks a file as ours: the letters MRAC. */
    public static final int APPLICATION_ID = 0x4D524143;

    /** SQLite checkpoints by itself, within a commit, when ours have not run for so many times their pages. */
    static final int BACKSTOP = 8;

    /** It reads pages one after the other and none twice. */
    private static final long CHECKPOINTER_CACHE_BYTES = 64 << 10;

    private final Path file;
    private final SqliteSettings settings;

    public ConnectionFactory(Path file, SqliteSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    public Path file() {
        return file;
    }

    /** Refuses, in one line, a file that cannot become or is not a database of this program. */
    public void check() {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw refuse("no such directory: " + directory);
        }
        if (Files.isDirectory(file)) {
            throw refuse("a directory, not a file");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw refuse("the file is read-only");
        }
        if (!Files.isWritable(directory)) {
            throw refuse("the directory is read-only: " + directory);
        }
    }

    private StorageException refuse(String why) {
        return new StorageException(Kind.FATAL, file + ": " + why);
    }

    /** A connection that creates the file where there is none, before anything else touches it. */
    public void create() {
        NativeLibrary.load();
        OwnerOnly.createFile(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) settings.busyTimeout().toMillis());
        try (Connection c = config.createConnection(url());
                Statement s = c.createStatement()) {
            sortIn(s);
            if (number(s, "SELECT COUNT(*) FROM sqlite_master") != 0) {
                refuseForeign(file, s);
            } else {
                s.execute("PRAGMA page_size = " + 4096);
                s.execute("PRAGMA auto_vacuum = INCREMENTAL");
                s.execute("PRAGMA application_id = " + APPLICATION_ID);
            }
        } catch (SQLException e) {
            throw Errors.of(file.toString(), e);
        }
    }

    /** Says to SQLite where it may write what does not fit its memory; where the system has such places it may not be possible. */
    private void sortIn(Statement s) throws SQLException {
        Path directory = settings.temporaryDirectory() != null
                ? settings.temporaryDirectory()
                : file.toAbsolutePath().getParent();
        s.execute("PRAGMA temp_store_directory = '" + directory.toString().replace("'", "''") + "'");
    }

    /** Refuses a database that another program made. */
    public static void refuseForeign(Path file, Statement s) throws SQLException {
        if (number(s, "PRAGMA application_id") != APPLICATION_ID) {
            throw new StorageException(Kind.FATAL, file + ": not a Millrace database");
        }
    }

    private static int number(Statement s, String sql) throws SQLException {
        try (ResultSet rows = s.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** A connection that may write; there is one at a time. */
    public Connection writer() throws SQLException {
        SQLiteConfig config = config(settings.writerCacheBytes());
        config.setSynchronous(
                settings.sync() == SqliteSettings.Sync.FULL
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setJournalSizeLimit((int) settings.walLimitBytes());
        config.enforceForeignKeys(true);
        Connection c = config.createConnection(url());
        try (Statement s = c.createStatement()) {
            s.execute("PRAGMA mmap_size = " + settings.mmapBytes());
            s.execute("PRAGMA wal_autocheckpoint = " + BACKSTOP * settings.checkpointPages());
        }
        return c;
    }

    /** A connection that moves pages from the log into the database, and writes nothing of its own. */
    Connection checkpointer() throws SQLException {
        SQLiteConfig config = config(CHECKPOINTER_CACHE_BYTES);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        return config.createConnection(url());
    }

    /** A connection that cannot write to the file; temporary tables it may have. */
    public Connection reader() throws SQLException {
        SQLiteConfig config = config(settings.readerCacheBytes());
        config.setReadOnly(true);
        Connection c = config.createConnection(url());
        try (Statement s = c.createStatement()) {
            s.execute("PRAGMA mmap_size = " + settings.mmapBytes());
        }
        return c;
    }

    /** The kept statements of a connection; tests look at what goes through. */
    public StatementCache statements(Connection connection) {
        return new StatementCache(connection);
    }

    private SQLiteConfig config(long cacheBytes) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout((int) settings.busyTimeout().toMillis());
        config.setGetGeneratedKeys(false);
        config.setCacheSize((int) -(cacheBytes / 1024));
        config.setOpenMode(SQLiteOpenMode.NOMUTEX); // each connection is used by one thread at a time
        return config;
    }

    private String url() {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }
}
