package io.millrace.server.internal.instance;

import io.millrace.http.NettyFrontEnd;
import io.millrace.server.internal.data.DataDirectory;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.LongSupplier;

/** What the server itself shows of itself: connections, the size of its files, and what the JVM says of memory and threads. */
final class ServerMetrics {
    private ServerMetrics() {}

    static void register(
            PrometheusRegistry registry, DataDirectory directory, long deadLetterBytes, NettyFrontEnd http) {
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
