package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.internal.cache.CacheCounts;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.engine.Bounds;
import io.millrace.engine.Counter;
import io.millrace.engine.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Consumer;

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
        metrics.beacons(engine.counters());
        metrics.bounds(engine.bounds());
        metrics.caches(caches);
        metrics.gauge("millrace_queries_waiting", "Queries that wait for a reader.", g -> g.call(readers.waiting()));
        metrics.gauge("millrace_live_streams", "Streams that are open.", g -> g.call(live.open()));
    }

    private void ofEngine(Engine engine) {
        Counters counters = engine.counters();
        gauge("millrace_in_flight", "Beacons received and not settled.", g -> g.call(counters.unsettled()));
        gauge("millrace_ring_slots_free", "Slots of the ring that are free.", g -> g.call(engine.remainingSlots()));
        gauge("millrace_sites", "Sites known.", g -> g.call(engine.sites().all().size()));
        Consumer<GaugeWithCallback.Callback> states = gauge -> {
            Health.State now = engine.health().state();
            for (Health.State state : Health.State.values()) {
                gauge.call(state == now ? 1 : 0, Shape.label(state));
            }
        };
        gauge("millrace_health", "1 for the state that the engine is in.", states, "state");
    }

    private void beacons(Counters counters) {
        Consumer<CounterWithCallback.Callback> received = counter -> counter.call(counters.total(Counter.RECEIVED));
        counter("millrace_received_total", "Beacons handed to a front-end.", received);
        Consumer<CounterWithCallback.Callback> outcomes = counter -> {
            for (Counter c : Counter.values()) {
                if (c.outcome()) {
                    counter.call(counters.total(c), Shape.label(c.group()), c.reason());
                }
            }
        };
        String sum = "How beacons ended; their sum is received less in flight.";
        counter("millrace_beacons_total", sum, outcomes, "outcome", "reason");
        Consumer<CounterWithCallback.Callback> notes = counter -> {
            for (Counter c : Counter.values()) {
                if (c.group() == Counter.Group.NOTE) {
                    counter.call(counters.total(c), c.reason());
                }
            }
        };
        counter("millrace_notes_total", "What was cut or guessed on the way.", notes, "note");
    }

    private void bounds(Bounds bounds) {
        Consumer<GaugeWithCallback.Callback> used =
                gauge -> bounds.all().forEach(b -> gauge.call(b.used().getAsLong(), b.name()));
        Consumer<GaugeWithCallback.Callback> limits =
                gauge -> bounds.all().forEach(b -> gauge.call(b.limit(), b.name()));
        gauge("millrace_bounded_bytes", "Memory that a structure filled by clients holds.", used, "structure");
        gauge("millrace_bounded_bytes_limit", "Memory that it may hold at most.", limits, "structure");
    }

    private void caches(List<ReportCache> caches) {
        for (CacheCounts.Count count : CacheCounts.Count.values()) {
            Consumer<CounterWithCallback.Callback> totals =
                    counter -> caches.forEach(cache -> counter.call(cache.total(count), cache.name()));
            counter("millrace_report_cache_" + Shape.label(count) + "_total", count.about(), totals, "report");
        }
        Consumer<GaugeWithCallback.Callback> sizes =
                gauge -> caches.forEach(cache -> gauge.call(cache.size(), cache.name()));
        gauge("millrace_report_cache_entries", "Entries held.", sizes, "report");
    }

    private void gauge(String name, String help, Consumer<GaugeWithCallback.Callback> values, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(values)
                .register(registry);
    }

    private void counter(String name, String help, Consumer<CounterWithCallback.Callback> values, String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(values)
                .register(registry);
    }
}
