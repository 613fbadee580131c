package io.millrace.storage.sqlite;

import java.time.Duration;
import java.util.Objects;

/**
 * How a database is opened. Immutable.
 *
 * @param sync what a commit survives
 * @param busyTimeout how long one attempt waits for a foreign writer's lock
 * @param writerCacheBytes page cache of the write connection
 * @param readerCacheBytes page cache of each read connection
 * @param mmapBytes how much of the file is mapped into memory
 * @param checkpointPages WAL pages after which a commit checkpoints
 * @param walLimitBytes size to which the WAL file is cut back
 * @param readers read-only connections, and so queries at a time
 * @param queryTimeout how long a query may take
 * @param openDays days by site whose figures are kept in memory at most
 * @param valuesPerDay values of one dimension, site and day that have roll-ups of their own; the rest is {@code (other)}
 * @param textsPerDay new texts that one site may add in a day; the rest is {@code (other)}
 */
public record SqliteSettings(
        Sync sync,
        Duration busyTimeout,
        long writerCacheBytes,
        long readerCacheBytes,
        long mmapBytes,
        int checkpointPages,
        long walLimitBytes,
        int readers,
        Duration queryTimeout,
        int openDays,
        int valuesPerDay,
        int textsPerDay) {

    /** What a commit survives. */
    public enum Sync {
        /** The death of the process; a power cut may take the last commits, and never harms the file. */
        NORMAL,
        /** A power cut too: every commit is flushed to the disk. */
        FULL
    }

    /** What is right for most. */
    public static final SqliteSettings DEFAULT = new SqliteSettings(
            Sync.NORMAL,
            Duration.ofSeconds(5),
            16L << 20,
            16L << 20,
            256L << 20,
            4_000,
            128L << 20,
            2,
            Duration.ofSeconds(30),
            64,
            5_000,
            200_000);

    public SqliteSettings {
        Objects.requireNonNull(sync, "sync");
        if (readers < 1 || openDays < 1 || valuesPerDay < 1 || textsPerDay < 1 || checkpointPages < 1) {
            throw new IllegalArgumentException("readers, days, values, texts and checkpoint pages must be at least 1");
        }
    }

    public SqliteSettings withSync(Sync sync) {
        return new SqliteSettings(
                sync,
                busyTimeout,
                writerCacheBytes,
                readerCacheBytes,
                mmapBytes,
                checkpointPages,
                walLimitBytes,
                readers,
                queryTimeout,
                openDays,
                valuesPerDay,
                textsPerDay);
    }

    public SqliteSettings withBusyTimeout(Duration busyTimeout) {
        return new SqliteSettings(
                sync,
                busyTimeout,
                writerCacheBytes,
                readerCacheBytes,
                mmapBytes,
                checkpointPages,
                walLimitBytes,
                readers,
                queryTimeout,
                openDays,
                valuesPerDay,
                textsPerDay);
    }

    /** The same with this many read-only connections and this limit for each query. */
    public SqliteSettings withReaders(int readers, Duration queryTimeout) {
        return new SqliteSettings(
                sync,
                busyTimeout,
                writerCacheBytes,
                readerCacheBytes,
                mmapBytes,
                checkpointPages,
                walLimitBytes,
                readers,
                queryTimeout,
                openDays,
                valuesPerDay,
                textsPerDay);
    }

    /** The same with other caps against floods of texts, and other memory for open days. */
    public SqliteSettings withCaps(int openDays, int valuesPerDay, int textsPerDay) {
        return new SqliteSettings(
                sync,
                busyTimeout,
                writerCacheBytes,
                readerCacheBytes,
                mmapBytes,
                checkpointPages,
                walLimitBytes,
                readers,
                queryTimeout,
                openDays,
                valuesPerDay,
                textsPerDay);
    }
}
