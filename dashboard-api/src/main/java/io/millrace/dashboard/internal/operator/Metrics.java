package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.engine.Bounds;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What the engine and the dashboard's route count, asked for whenever the registry is read. */
final class Metrics {
    private final PrometheusRegistry registry;

    private Metrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    static void register(
            PrometheusRegistry registry,
            Engine engine,
            List<ReportCache> caches,
            WorkerPool readers,
            LiveStreams live) {
        Metrics metrics = new Metrics(registry);
        metrics.ofEngine(engine);
        metrics.beacons(engine);
        metrics.bounds(engine.bounds());
        metrics.caches(caches);
        metrics.gauge("millrace_queries_waiting", "Queries that wait for a reader.", readers::waiting);
        metrics.gauge("millrace_live_streams", "Streams that are open.", live::open);
    }

    private void ofEngine(Engine engine) {
        gauge(
                "millrace_in_flight",
                "Beacons received and not settled.",
                () -> engine.counters().unsettled());
        gauge("millrace_ring_slots_free", "Slots of the ring that are free.", engine::remainingSlots);
        gauge("millrace_sites", "Sites known.", () -> engine.sites().all().size());
        GaugeWithCallback.builder()
                .name("millrace_health")
                .help("1 for the state that the engine is in.")
                .labelNames("state")
                .callback(gauge -> {
                    Health.State now = engine.health().state();
                    for (Health.State state : Health.State.values()) {
                        gauge.call(state == now ? 1 : 0, label(state));
                    }
                })
                .register(registry);
    }

    private void beacons(Engine engine) {
        CounterWithCallback.builder()
                .name("millrace_received_total")
                .help("Beacons handed to a front-end.")
                .callback(counter -> counter.call(engine.counters().total(Counter.RECEIVED)))
                .register(registry);
        CounterWithCallback.builder()
                .name("millrace_beacons_total")
                .help("How beacons ended; their sum is received less in flight.")
                .labelNames("outcome", "reason")
                .callback(counter -> {
                    for (Counter c : Counter.values()) {
                        if (c.outcome()) {
                            counter.call(engine.counters().total(c), label(c.group()), c.reason());
                        }
                    }
                })
                .register(registry);
        CounterWithCallback.builder()
                .name("millrace_notes_total")
                .help("What was cut or guessed on the way.")
                .labelNames("note")
                .callback(counter -> {
                    for (Counter c : Counter.values()) {
                        if (c.group() == Counter.Group.NOTE) {
                            counter.call(engine.counters().total(c), c.reason());
                        }
                    }
                })
                .register(registry);
    }

    private void bounds(Bounds bounds) {
        GaugeWithCallback.builder()
                .name("millrace_bounded_bytes")
                .help("Memory that a structure filled by clients holds.")
                .labelNames("structure")
                .callback(gauge -> bounds.all().forEach(b -> gauge.call(b.used().getAsLong(), b.name())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("millrace_bounded_bytes_limit")
                .help("Memory that it may hold at most.")
                .labelNames("structure")
                .callback(gauge -> bounds.all().forEach(b -> gauge.call(b.limit(), b.name())))
                .register(registry);
    }

    private void caches(List<ReportCache> caches) {
        for (ReportCache.Count count : ReportCache.Count.values()) {
            CounterWithCallback.builder()
                    .name("millrace_report_cache_" + label(count) + "_total")
                    .help(count.about())
                    .labelNames("report")
                    .callback(counter -> caches.forEach(cache -> counter.call(cache.total(count), cache.name())))
                    .register(registry);
        }
        GaugeWithCallback.builder()
                .name("millrace_report_cache_entries")
                .help("Entries held.")
                .labelNames("report")
                .callback(gauge -> caches.forEach(cache -> gauge.call(cache.size(), cache.name())))
                .register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsLong()))
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
