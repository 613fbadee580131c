package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.engine.Bounds;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What the process counts, in Prometheus' text format. */
final class Metrics {
    private final StringBuilder out = new StringBuilder();

    private Metrics() {}

    static String text(Engine engine, List<ReportCache> caches, WorkerPool readers, LiveStreams live) {
        Metrics m = new Metrics();
        m.beacons(engine);
        m.family("millrace_notes_total", "counter", "What was cut or guessed on the way.");
        for (Counter c : Counter.values()) {
            if (c.group() == Counter.Group.NOTE) {
                m.sample(
                        "millrace_notes_total",
                        "note=\"" + c.reason() + '"',
                        engine.counters().total(c));
            }
        }
        m.gauge(
                "millrace_in_flight",
                "Beacons received and not settled.",
                engine.counters().unsettled());
        m.gauge("millrace_ring_slots_free", "Slots of the ring that are free.", engine.remainingSlots());
        m.bounds(engine.bounds());
        m.gauge("millrace_sites", "Sites known.", engine.sites().all().size());
        m.health(engine.health());
        m.caches(caches);
        m.gauge("millrace_queries_waiting", "Queries that wait for a reader.", readers.waiting());
        m.gauge("millrace_live_streams", "Streams that are open.", live.open());
        return m.out.toString();
    }

    private void beacons(Engine engine) {
        family("millrace_received_total", "counter", "Beacons handed to a front-end.");
        sample("millrace_received_total", "", engine.counters().total(Counter.RECEIVED));
        family("millrace_beacons_total", "counter", "How beacons ended; their sum is received less in flight.");
        for (Counter c : Counter.values()) {
            if (c.outcome()) {
                String labels =
                        "outcome=\"" + c.group().name().toLowerCase(Locale.ROOT) + "\",reason=\"" + c.reason() + '"';
                sample("millrace_beacons_total", labels, engine.counters().total(c));
            }
        }
    }

    private void bounds(Bounds bounds) {
        family("millrace_bounded_bytes", "gauge", "Memory that a structure filled by clients holds.");
        bounds.all()
                .forEach(b ->
                        sample("millrace_bounded_bytes", structure(b), b.used().getAsLong()));
        family("millrace_bounded_bytes_limit", "gauge", "Memory that it may hold at most.");
        bounds.all().forEach(b -> sample("millrace_bounded_bytes_limit", structure(b), b.limit()));
    }

    private static String structure(Bounds.Bound bound) {
        return "structure=\"" + bound.name() + '"';
    }

    private void health(Health health) {
        family("millrace_health", "gauge", "1 for the state that the engine is in.");
        for (Health.State s : Health.State.values()) {
            String label = "state=\"" + s.name().toLowerCase(Locale.ROOT) + '"';
            sample("millrace_health", label, s == health.state() ? 1 : 0);
        }
    }

    private void caches(List<ReportCache> caches) {
        cache(caches, "hits_total", "counter", "Answers from the cache.", ReportCache::hits);
        cache(caches, "loads_total", "counter", "Reports computed.", ReportCache::loads);
        cache(caches, "kept_total", "counter", "Entries kept because nothing had changed.", ReportCache::kept);
        cache(caches, "failures_total", "counter", "Reports that failed.", ReportCache::failures);
        cache(caches, "evictions_total", "counter", "Entries dropped for room.", ReportCache::evictions);
        cache(caches, "entries", "gauge", "Entries held.", ReportCache::size);
    }

    private void cache(
            List<ReportCache> caches, String name, String type, String help, ToLongFunction<ReportCache> value) {
        family("millrace_report_cache_" + name, type, help);
        for (ReportCache c : caches) {
            sample("millrace_report_cache_" + name, "report=\"" + c.name() + '"', value.applyAsLong(c));
        }
    }

    private void gauge(String name, String help, long value) {
        family(name, "gauge", help);
        sample(name, "", value);
    }

    private void family(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, long value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
    }
}
