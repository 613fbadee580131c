package io.millrace.storage.sqlite.internal.connection;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint on a thread and a connection of its own: it flushes the log, moves pages and flushes the database while the
 * store thread goes on writing. What is written meanwhile is left for the next one. Thread-safe.
 */
final class BackgroundCheckpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundCheckpoint.class);

    private final ConnectionFactory connections;
    private final StorageMetrics metrics;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new ThreadFactoryBuilder()
            .setNameFormat("millrace-checkpoint")
            .setDaemon(true)
            .build());
    private volatile boolean running;
    private Connection connection;

    BackgroundCheckpoint(ConnectionFactory connections, StorageMetrics metrics) {
        this.connections = connections;
        this.metrics = metrics;
    }

    boolean running() {
        return running;
    }

    /** Begins one and returns at once; call when none is running. */
    void start() {
        running = true;
        thread.execute(this::run);
    }

    private void run() {
        long start = System.nanoTime();
        try {
            if (connection == null) {
                connection = connections.checkpointer();
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            metrics.checkpointed("background", System.nanoTime() - start);
        } catch (SQLException e) {
            LOG.debug("the store thread checkpoints itself and reports what is wrong", e);
            discard();
        } finally {
            running = false;
        }
    }

    private void discard() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a connection that has failed", e);
        }
        connection = null;
    }

    /** Waits for the one that is running. */
    @Override
    public void close() {
        thread.execute(this::discard);
        thread.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(thread, 10, TimeUnit.SECONDS);
    }
}
