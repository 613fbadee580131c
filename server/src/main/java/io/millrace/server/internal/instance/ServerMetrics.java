package io.millrace.server.internal.instance;

import io.millrace.http.Latencies;
import io.millrace.http.NettyFrontEnd;
import io.millrace.server.internal.data.DataDirectory;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What the server itself shows of itself: connections, the size of its files, and what the JVM says of memory and threads. */
final class ServerMetrics {
    private static final String WRITTEN = "write_bytes: ";

    private ServerMetrics() {}

    static void register(
            PrometheusRegistry registry, DataDirectory directory, long deadLetterBytes, NettyFrontEnd http) {
        Info.builder()
                .name("millrace_build")
                .help("The version that runs.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(Version.text());
        registry.register(() -> acknowledgements(http.acknowledgements()));
        CounterWithCallback.builder()
                .name("millrace_process_written_bytes_total")
                .help("Bytes that the process has had the disks write; where the system does not say it, 0.")
                .callback(counter -> counter.call(writtenBytes()))
                .register(registry);
        gauge(registry, "millrace_http_connections", "Connections open now.", http::connections);
        gauge(
                registry,
                "millrace_database_bytes",
                "Size of the database.",
                directory.database().toFile()::length);
        gauge(
                registry,
                "millrace_dead_letters_bytes",
                "Size of the dead letters.",
                directory.deadLetters().toFile()::length);
        gauge(
                registry,
                "millrace_dead_letters_bytes_limit",
                "Size that they may have; more are dropped, and counted as dead_letter_dropped.",
                () -> deadLetterBytes);
        registry.register(new OfTheJvm());
    }

    private static HistogramSnapshot acknowledgements(Latencies waits) {
        List<Double> bounds = new ArrayList<>(Latencies.BOUNDS);
        bounds.add(Double.POSITIVE_INFINITY);
        return HistogramSnapshot.builder()
                .name("millrace_acknowledge_seconds")
                .help("Time from a beacon's admission to its answer.")
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .sum(waits.seconds())
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, waits.counts()))
                        .build())
                .build();
    }

    /** As Linux counts them. */
    private static long writtenBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/io"))) {
            return lines.filter(line -> line.startsWith(WRITTEN))
                    .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length())))
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** What the JVM says of itself, from when somebody first asks: its management beans are slow to load. */
    private static final class OfTheJvm implements MultiCollector {
        private PrometheusRegistry jvm;

        @Override
        public synchronized MetricSnapshots collect() {
            if (jvm == null) {
                jvm = new PrometheusRegistry();
                JvmMemoryMetrics.builder().register(jvm);
                JvmBufferPoolMetrics.builder().register(jvm);
                JvmGarbageCollectorMetrics.builder().register(jvm);
                JvmThreadsMetrics.builder().register(jvm);
                ProcessMetrics.builder().register(jvm);
            }
            return jvm.scrape();
        }
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsLong()))
                .register(registry);
    }
}
