package io.millrace.storage.sqlite.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends what is in the write-ahead log to the disk on a thread of its own, while the store thread goes on. A checkpoint
 * must flush the log before it moves pages; it then finds little left to flush. Nothing depends on it. Thread-safe.
 */
final class LogFlusher implements AutoCloseable {
    private final Path wal;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "millrace-flush");
        thread.setDaemon(true);
        return thread;
    });

    LogFlusher(Path wal) {
        this.wal = wal;
    }

    /** Begins to flush, unless that is going on; returns at once. */
    void flush() {
        if (busy.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        // SQLite's locks are on the database and its shared memory, so closing this file takes none of them away.
        try (FileChannel log = FileChannel.open(wal, StandardOpenOption.READ)) {
            log.force(false);
        } catch (IOException e) {
            // The checkpoint flushes it itself, and reports what is wrong with the disk.
        } finally {
            busy.set(false);
        }
    }

    /** Waits for the flush that is going on. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
