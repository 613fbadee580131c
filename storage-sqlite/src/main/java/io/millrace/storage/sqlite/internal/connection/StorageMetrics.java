package io.millrace.storage.sqlite.internal.connection;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.LongSupplier;

/** What one open database measures of itself. Thread-safe. */
public final class StorageMetrics {
    private static final double NANOS = 1e9;

    private final Histogram commits;
    private final Histogram batches;
    private final Histogram checkpoints;
    private final Counter busy;
    private final Counter stopped;
    private final Summary queries;

    /**
     * @param registry where it is shown; one database to a registry
     * @param walBytes the size of the WAL file
     * @param free bytes that are free on the disk
     * @param reserve bytes that are left free
     */
    public StorageMetrics(PrometheusRegistry registry, LongSupplier walBytes, LongSupplier free, long reserve) {
        commits = Histogram.builder()
                .name("millrace_sqlite_commit_seconds")
                .help("Time of a transaction, its COMMIT included, its checkpoint not.")
                .classicUpperBounds(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5)
                .register(registry);
        batches = Histogram.builder()
                .name("millrace_sqlite_batch_hits")
                .help("Page views and custom events in one transaction.")
                .classicUpperBounds(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
                .register(registry);
        checkpoints = Histogram.builder()
                .name("millrace_sqlite_checkpoint_seconds")
                .help("Time of a checkpoint, by the thread that waited for it.")
                .labelNames("thread")
                .classicUpperBounds(0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)
                .register(registry);
        checkpoints.initLabelValues("store"); // rules ask for it before the first one
        checkpoints.initLabelValues("background");
        busy = Counter.builder()
                .name("millrace_sqlite_busy_total")
                .help("Attempts to write that found the lock held by another program.")
                .register(registry);
        stopped = Counter.builder()
                .name("millrace_sqlite_queries_stopped_total")
                .help("Reads that were stopped because they took too long.")
                .register(registry);
        queries = Summary.builder()
                .name("millrace_sqlite_query_seconds")
                .help("Time of a read, by what was asked.")
                .labelNames("read")
                .quantile(0.5)
                .quantile(0.99)
                .quantile(0.999)
                .maxAgeSeconds(300)
                .register(registry);
        gauge(registry, "millrace_disk_free_bytes", "What is free on the disk of the database.", free);
        String left = "What is left free there: with less, no new beacons are admitted.";
        gauge(registry, "millrace_disk_reserve_bytes", left, () -> reserve);
        gauge(registry, "millrace_sqlite_wal_bytes", "Size of the write-ahead log.", walBytes);
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsLong()))
                .register(registry);
    }

    public void committed(int hits, long nanos) {
        batches.observe(hits);
        commits.observe(nanos / NANOS);
    }

    /** @param thread {@code store}, or {@code background}, which nobody waits for */
    void checkpointed(String thread, long nanos) {
        checkpoints.labelValues(thread).observe(nanos / NANOS);
    }

    void busy() {
        busy.inc();
    }

    void stopped() {
        stopped.inc();
    }

    void read(String what, long nanos) {
        queries.labelValues(what).observe(nanos / NANOS);
    }
}
