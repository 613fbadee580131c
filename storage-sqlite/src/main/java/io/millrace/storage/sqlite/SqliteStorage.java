package io.millrace.storage.sqlite;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.internal.Database;
import java.nio.file.Path;

/**
 * A storage in one SQLite file, which this process alone writes to; others may read it at any time, and write for a
 * moment. Threads as {@link Storage} says.
 */
public final class SqliteStorage implements Storage {
    private final Database database;

    private SqliteStorage(Database database) {
        this.database = database;
    }

    /**
     * Opens a database, makes it where there is none, and brings it to the newest schema.
     *
     * @throws io.millrace.engine.spi.StorageException with one line for people when the file cannot be used: no such
     *     directory, read-only, not a database of Millrace, damaged, made by a newer version, disk full
     */
    public static SqliteStorage open(Path file, SqliteSettings settings) {
        return new SqliteStorage(Database.open(file, settings));
    }

    /** Opens a database with {@link SqliteSettings#DEFAULT}. */
    public static SqliteStorage open(Path file) {
        return open(file, SqliteSettings.DEFAULT);
    }

    @Override
    public StorageWriter writer() {
        return database.writer();
    }

    @Override
    public StorageReader reader() {
        return database.reader();
    }

    @Override
    public AccountStore accounts() {
        return database.accounts();
    }

    @Override
    public void close() {
        database.close();
    }
}
