package io.millrace.storage.sqlite.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps the write-ahead log short. A checkpoint runs on the write connection before the next batch, not within a commit,
 * so nobody waits for an answer to the batch whose pages it moves. The store thread's; {@link #walBytes} is anyone's.
 */
final class Checkpoints implements AutoCloseable {
    private static final int PAGE = 4_096;

    /** A log this long stops the reads that keep it from being used again. */
    private static final long TOO_LONG_BYTES = 96L << 20;

    /** Pages after which the log is sent to the disk ahead of the checkpoint. */
    private static final int FLUSH_PAGES = 500;

    /** To look costs as much as to write a page view. */
    private static final int LOOK_EVERY_HITS = 200;

    private static final long PATIENCE_NANOS = 200_000_000;
    private static final long QUIET_MILLIS = 10_000;

    private final Path wal;
    private final int afterPages;
    private final Readers readers;
    private final StorageMetrics metrics;
    private final LogFlusher flusher;
    private long pagesThen;
    private int hitsSince;
    private long pagesFlushed;
    private long truncatedAt;

    Checkpoints(Path file, int afterPages, Readers readers, StorageMetrics metrics) {
        this.wal = wal(file);
        this.flusher = new LogFlusher(wal);
        this.afterPages = afterPages;
        this.readers = readers;
        this.metrics = metrics;
    }

    static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    static long walBytes(Path file) {
        try {
            Path wal = wal(file);
            return Files.exists(wal) ? Files.size(wal) : 0;
        } catch (IOException e) {
            return 0; // it may go between the two questions
        }
    }

    /** What a checkpoint says: pages in the log, and how many of them are in the database. */
    private record State(long pages, long moved) {}

    /** Outside of a transaction: checkpoints when the log has grown enough. */
    void beforeBatch(Statements sql, int hits) throws SQLException {
        hitsSince += hits + 1;
        if (hitsSince < LOOK_EVERY_HITS) {
            return;
        }
        hitsSince = 0;
        State state = run(sql, "NOOP");
        if (state.pages() < pagesThen) {
            pagesThen = 0; // the log began anew
            pagesFlushed = 0;
        }
        if (state.pages() - pagesFlushed >= FLUSH_PAGES) {
            pagesFlushed = state.pages();
            flusher.flush();
        }
        if (state.pages() - pagesThen >= afterPages) {
            long start = System.nanoTime();
            pagesThen = run(sql, "PASSIVE").pages();
            metrics.checkpointed(System.nanoTime() - start);
            if (pagesThen * PAGE > TOO_LONG_BYTES) {
                readers.stopThoseLongerThan(PATIENCE_NANOS);
            }
        }
    }

    /** In a quiet moment: empties the log. Does not wait for anybody. */
    void whenQuiet(Statements sql, long now) throws SQLException {
        if (now - truncatedAt < QUIET_MILLIS || !Files.exists(wal) || walEmpty()) {
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
        pagesThen = 0;
        metrics.checkpointed(System.nanoTime() - start);
    }

    private boolean walEmpty() {
        try {
            return Files.size(wal) == 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static State run(Statements sql, String mode) throws SQLException {
        try (ResultSet row = sql.bind("PRAGMA wal_checkpoint(" + mode + ")").executeQuery()) {
            row.next();
            return new State(Math.max(0, row.getLong(2)), Math.max(0, row.getLong(3)));
        }
    }

    @Override
    public void close() {
        flusher.close();
    }
}
