package io.millrace.server.internal.instance;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.millrace.storage.sqlite.RowCount;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than the retention, once an hour, in small steps between which the store thread does its other
 * work. Has one thread of its own.
 */
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long EVERY_MINUTES = 60;

    private final Instance instance;
    private final Duration keep;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                    .setNameFormat("millrace-retention")
                    .setDaemon(true)
                    .build());

    /** @param keep null: for ever */
    Retention(Instance instance, Duration keep) {
        this.instance = instance;
        this.keep = keep;
    }

    void start() {
        if (keep != null) {
            thread.scheduleWithFixedDelay(this::prune, 1, EVERY_MINUTES, TimeUnit.MINUTES);
        }
    }

    private void prune() {
        try {
            RowCount removed =
                    instance.prune(System.currentTimeMillis() - keep.toMillis(), step -> !thread.isShutdown());
            if (!removed.isEmpty()) {
                LOG.info("retention: {} visits with {} page views removed", removed.visits(), removed.pageViews());
            }
        } catch (CompletionException e) {
            LOG.warn("retention: {}", e.getCause() == null ? e : e.getCause().toString());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
