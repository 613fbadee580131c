package io.millrace.server.internal.instance;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.millrace.engine.spi.Fixed;
import io.millrace.server.internal.config.Setting;
import io.millrace.server.internal.config.Settings;
import io.millrace.storage.sqlite.Keep;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
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

    @Fixed("one for each kind")
    private final Map<Keep, Duration> after = new EnumMap<>(Keep.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                    .setNameFormat("millrace-retention")
                    .setDaemon(true)
                    .build());

    Retention(Instance instance) {
        this.instance = instance;
        set(Keep.PACKS, Settings.RETENTION_ROWS);
        set(Keep.FIGURES, Settings.RETENTION_PACKS);
        set(Keep.FIGURES, Settings.RETENTION);
    }

    private void set(Keep keep, Setting<Duration> setting) {
        Duration time = instance.config().get(setting);
        if (time != null) {
            after.merge(keep, time, (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
    }

    void start() {
        if (!after.isEmpty()) {
            thread.scheduleWithFixedDelay(this::prune, 1, EVERY_MINUTES, TimeUnit.MINUTES);
        }
    }

    private void prune() {
        after.forEach(this::prune);
    }

    private void prune(Keep keep, Duration time) {
        try {
            Removal old = instance.storage().pruning(System.currentTimeMillis() - time.toMillis(), keep);
            RowCount removed = instance.remove(old, step -> !thread.isShutdown());
            if (!removed.isEmpty()) {
                LOG.info(
                        "retention: {} of {} visits with {} page views removed",
                        keep == Keep.PACKS ? "rows" : "all",
                        removed.visits(),
                        removed.pageViews());
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
