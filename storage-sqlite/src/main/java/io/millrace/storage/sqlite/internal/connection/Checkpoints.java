package io.millrace.storage.sqlite.internal.connection;

import io.millrace.storage.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Keeps the write-ahead log short. Most of a checkpoint is done beside the store thread; the store thread moves the few pages
 * that were written meanwhile, between two batches, so that the log can begin anew. The store thread's;
 * {@link #walBytes} is anyone's.
 */
public final class Checkpoints implements AutoCloseable {
    static final int PAGE = 4_096;

    /** The store thread ends a checkpoint when this part of {@code afterPages} is left, or after so many rounds beside it. */
    private static final int REST = 8;

    private static final int ROUNDS = 3;

    /** To look costs as much as to write a page view. */
    private static final int LOOK_EVERY_HITS = 200;

    private static final long PATIENCE_NANOS = 200_000_000;
    private static final long QUIET_MILLIS = 10_000;

    private final Path file;
    private final Path wal;
    private final int afterPages;

    /** A log this long stops the reads that keep it from being used again. */
    private final long tooLong;

    private final ReadConnections readers;
    private final StorageMetrics metrics;
    private final BackgroundCheckpoint background;
    private int rounds;
    private long hitsSince;
    private long truncatedAt;

    public Checkpoints(
            ConnectionFactory connections, SqliteSettings settings, ReadConnections readers, StorageMetrics metrics) {
        this.file = connections.file();
        this.wal = wal(file);
        this.tooLong = settings.walLimitBytes() / 4 * 3;
        this.background = new BackgroundCheckpoint(connections, metrics);
        this.afterPages = settings.checkpointPages();
        this.readers = readers;
        this.metrics = metrics;
    }

    static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    public static long walBytes(Path file) {
        return wal(file).toFile().length();
    }

    /** What a checkpoint says: pages in the log, and how many of them are in the database. */
    private record State(long pages, long moved) {
        long left() {
            return pages - moved;
        }
    }

    /** Outside of a transaction: checkpoints when the log has grown enough. */
    public void beforeBatch(StatementCache sql, int hits) throws SQLException {
        hitsSince += hits + 1;
        if (hitsSince < LOOK_EVERY_HITS || background.running()) {
            return;
        }
        hitsSince = 0;
        State log = run(sql, "NOOP");
        boolean followUp = rounds > 0;
        if (followUp && (rounds >= ROUNDS || log.left() <= afterPages / REST)) {
            rounds = 0;
            finish(sql);
        } else if (followUp || log.left() >= afterPages) {
            rounds++;
            background.start();
        }
    }

    private void finish(StatementCache sql) throws SQLException {
        long start = System.nanoTime();
        State log = run(sql, "PASSIVE");
        metrics.checkpointed("store", System.nanoTime() - start);
        if (log.pages() * PAGE > tooLong) {
            readers.stopThoseLongerThan(PATIENCE_NANOS);
        }
    }

    /** In a quiet moment: empties the log. Does not wait for anybody. */
    public void whenQuiet(StatementCache sql, long now) throws SQLException {
        if (now - truncatedAt < QUIET_MILLIS
                || background.running()
                || wal.toFile().length() == 0) {
            return;
        }
        truncatedAt = now;
        long start = System.nanoTime();
        long timeout = sql.number(0, "PRAGMA busy_timeout");
        sql.pragma("busy_timeout = 0");
        try {
            run(sql, "TRUNCATE");
        } finally {
            sql.pragma("busy_timeout = " + timeout);
        }
        rounds = 0;
        metrics.checkpointed("store", System.nanoTime() - start);
    }

    /** By how many bytes a checkpoint makes the database's file longer. */
    public long owed(StatementCache sql) throws SQLException {
        return Math.max(
                0, sql.number(0, "PRAGMA page_count") * PAGE - file.toFile().length());
    }

    private static State run(StatementCache sql, String mode) throws SQLException {
        return sql.first(
                null,
                "PRAGMA wal_checkpoint(" + mode + ")",
                row -> new State(Math.max(0, row.getLong(2)), Math.max(0, row.getLong(3))));
    }

    @Override
    public void close() {
        background.close();
    }
}
