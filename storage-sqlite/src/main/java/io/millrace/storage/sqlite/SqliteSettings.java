package io.millrace.storage.sqlite;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a database is opened. Immutable; changed by {@link #with}.
 *
 * @param sync what a commit survives
 * @param busyTimeout how long one attempt waits for a foreign writer's lock
 * @param writerCacheBytes page cache of the write connection, in bytes
 * @param readerCacheBytes page cache of each read connection, in bytes
 * @param mmapBytes how much of the file is mapped into memory, in bytes
 * @param checkpointPages WAL pages after which a commit checkpoints
 * @param walLimitBytes size to which the WAL file is cut back, in bytes
 * @param readers read-only connections, and so queries at a time
 * @param queryTimeout how long a query may take
 * @param openDays days by site whose figures are kept in memory at most
 * @param valuesPerDay values of one dimension, site and day that have roll-ups of their own; the rest is {@code (other)}
 * @param textsPerDay new texts that one site may add in a day; the rest is {@code (other)}
 * @param memoryBytes what it may hold on the heap of what clients send, in bytes: texts and visitors with their numbers, and
 *     the figures of the days that are being written to. SQLite's page caches come on top, outside of the heap
 * @param columnCacheBytes what it may hold on the heap of the columns that questions read last, in bytes
 * @param packVisits how many changed visits of a day are worth a pack; until then, questions read their rows
 * @param packShare how much of a processor may pack beside ingest, more than 0 and at most 1
 * @param diskReserveBytes what is left free on the disk, in bytes: with less, the engine admits no beacons until there is
 *     more again. Of a small disk it is a quarter at most
 * @param temporaryDirectory where SQLite puts what it sorts and does not fit its memory; it removes the names of such files
 *     at once. Null: where the database is. SQLite has one such place in a process: that of the storage that was opened last
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false, enableWither = false)
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
        int textsPerDay,
        long memoryBytes,
        long columnCacheBytes,
        int packVisits,
        double packShare,
        long diskReserveBytes,
        Path temporaryDirectory) {

    /** What a commit survives. */
    public enum Sync {
        /** The death of the process; a power cut may take the last commits, and never harms the file. */
        NORMAL,
        /** A power cut too: every commit is flushed to the disk. */
        FULL
    }

    private static final long LEAST_BYTES = 1L << 20;

    /** What is right for most. */
    public static final SqliteSettings DEFAULT = SqliteSettingsBuilder.builder()
            .sync(Sync.NORMAL)
            .busyTimeout(Duration.ofSeconds(5))
            .writerCacheBytes(16L << 20)
            .readerCacheBytes(16L << 20)
            .mmapBytes(256L << 20)
            .checkpointPages(4_000)
            .walLimitBytes(128L << 20)
            .readers(2)
            .queryTimeout(Duration.ofSeconds(30))
            .openDays(64)
            .valuesPerDay(5_000)
            .textsPerDay(200_000)
            .memoryBytes(96L << 20)
            .columnCacheBytes(64L << 20)
            .packVisits(1_000)
            .packShare(0.05)
            .diskReserveBytes(512L << 20)
            .build();

    /** @throws IllegalArgumentException for a value that makes no sense */
    public SqliteSettings {
        Objects.requireNonNull(sync, "sync");
        if (readers < 1 || openDays < 1 || valuesPerDay < 1 || textsPerDay < 1 || checkpointPages < 1) {
            throw new IllegalArgumentException("readers, days, values, texts and checkpoint pages must be at least 1");
        }
        if (packVisits < 1 || !(packShare > 0 && packShare <= 1)) {
            throw new IllegalArgumentException(
                    "visits of a pack must be at least 1, the share of packing above 0 to 1");
        }
        if (memoryBytes < LEAST_BYTES || diskReserveBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("memory and disk reserve must be at least " + LEAST_BYTES + " bytes");
        }
    }

    /** A builder that starts from these. */
    public SqliteSettingsBuilder with() {
        return SqliteSettingsBuilder.builder(this);
    }
}
