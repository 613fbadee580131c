package io.millrace.storage.sqlite;

import io.millrace.engine.Bounds;
import io.millrace.engine.Import;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.internal.Database;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.maintenance.Restore;
import io.millrace.storage.sqlite.internal.schema.IntegrityCheck;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A storage in one SQLite file, which this process alone writes to; others may read it at any time, and write for a
 * moment. Threads as {@link Storage} says.
 */
public final class SqliteStorage implements Storage {
    private final Database database;
    private final DatabaseLock lock;

    /** @param lock to be given up at the end, or null */
    private SqliteStorage(Database database, DatabaseLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /**
     * Opens a database, makes it where there is none, and brings it to the newest schema.
     *
     * @throws io.millrace.engine.spi.StorageException with one line for people when the file cannot be used: no such
     *     directory, read-only, not a database of Millrace, damaged, made by a newer version, disk full, in use by another
     *     process or by another storage of this one
     */
    public static SqliteStorage open(Path file, SqliteSettings settings) {
        return open(file, settings, new PrometheusRegistry());
    }

    /**
     * Opens a database that shows in a registry what it measures of itself: WAL, commits, checkpoints, queries, disk.
     *
     * @param metrics one database to a registry
     */
    public static SqliteStorage open(Path file, SqliteSettings settings, PrometheusRegistry metrics) {
        new ConnectionFactory(file, settings).check();
        DatabaseLock lock = DatabaseLock.take(file);
        try {
            return new SqliteStorage(Database.open(file, settings, metrics), lock);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /**
     * Opens a database for its owner, whose lock is held as long as the storage is open and stays with the caller.
     *
     * @param file the database that the lock is of
     */
    public static SqliteStorage open(
            DatabaseLock lock, Path file, SqliteSettings settings, PrometheusRegistry metrics) {
        if (!lock.isOf(file)) {
            throw new IllegalArgumentException("the lock is of another database: " + lock.database());
        }
        return new SqliteStorage(Database.open(file, settings, metrics), null);
    }

    /** Opens a database with {@link SqliteSettings#DEFAULT}. */
    public static SqliteStorage open(Path file) {
        return open(file, SqliteSettings.DEFAULT);
    }

    @Override
    public void register(Bounds bounds) {
        database.register(bounds);
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

    /**
     * Recounts every roll-up from the rows, each day as of one moment. Takes about a second for a million page views, on the
     * caller's thread, and holds nobody up. Thread-safe.
     */
    public Verification verify() {
        return database.maintenance().verify();
    }

    /** Rebuilds the roll-ups that {@link #verify} finds wrong. On the store thread; returns what was wrong. */
    public Verification repair() {
        return database.maintenance().repair();
    }

    /**
     * Writes a copy of the database, as of one moment, to a file that does not exist yet, opens it and checks it.
     * Holds nobody up. Thread-safe.
     */
    public void backup(Path target) {
        database.maintenance().backup(target);
    }

    /** Empties the write-ahead log as far as nobody reads it. On the store thread; answers how many bytes it has then. */
    public long checkpoint() {
        return database.maintenance().checkpoint();
    }

    /** Gives some free pages of the file back to the disk, about 10 ms. On the store thread; answers how many, 0: there are none. */
    public long vacuumStep() {
        return database.maintenance().vacuumStep();
    }

    /**
     * Refuses, in one line, a file that is not a sound database of this version or an earlier one. Reads all of it.
     *
     * @throws io.millrace.engine.spi.StorageException when it is not
     */
    public static void check(Path file) {
        IntegrityCheck.check(file, file);
    }

    /**
     * Puts a copy of a database, its log included, in the place of the one that a lock is of. The copy is checked first: a
     * file that is not a sound database of this version or an earlier one is refused in one line, and nothing has changed.
     * The backup stays as it is; what was in the place stays beside it and is never overwritten, so that another restore
     * undoes this one.
     *
     * @return where the database is now that was in the place
     * @throws io.millrace.engine.spi.StorageException when it is not possible
     */
    public static Optional<Path> restore(DatabaseLock lock, Path backup) {
        return Restore.run(backup, lock.database());
    }

    /**
     * Removes visits whose last activity lies before the site's day that an instant is in. Roll-ups stay; rows of which packs are to
     * stay go once packs have them.
     *
     * @param olderThan UTC milliseconds
     */
    public Removal pruning(long olderThan, Keep keep) {
        return database.maintenance().pruning(olderThan, keep);
    }

    /**
     * Removes the visits of a visitor of a site, with everything held of them, those that began on one day at a step, and counts the
     * roll-ups of the days anew that they were on; with the last step the visitor itself. The engine must have no open visit of
     * the visitor in memory, or it comes back with its next event: see {@link io.millrace.engine.Engine#removeVisitor}.
     *
     * @param visitor the id as sent, or the 16 digits of a cookieless visitor
     */
    public Removal erasing(int siteId, String visitor) {
        return database.maintenance().erasing(siteId, visitor);
    }

    /**
     * Removes the visits that an import opened, with everything held of them, and the import: those that began on one day at a step, and
     * counts the days anew that they had been on. Of visits that were pruned, what is left of these stays. To be run as
     * {@link io.millrace.engine.Engine#removeVisits} says.
     *
     * @param removed told the ids of the visits that a step removes
     */
    public Removal removing(Import brought, Consumer<List<Long>> removed) {
        return database.maintenance().removing(brought, removed);
    }

    private static void release(DatabaseLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        if (lock != null) {
            release(lock);
        }
    }
}
