package io.millrace.perf.load;

import io.millrace.perf.load.Work.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Counts what a run did, second by second and in all. What happens before the warm-up is over shows in the seconds but
 * not in the totals. Used by the client's thread only.
 */
public final class Tally {
    private static final long SECOND = 1_000_000_000L;
    private static final long MAX_MICROS = 120_000_000L;

    private final long start;
    private final long measureFrom;
    private final long end;
    private final Meter meter;
    private final Consumer<Summary.Second> listener;
    private final Histogram latency = histogram();
    private final Histogram retryAfter = histogram();
    private final Histogram interval = histogram();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<Integer, String> samples = new LinkedHashMap<>();
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final List<Summary.Second> seconds = new ArrayList<>();
    private long events;
    private long requests;
    private long acknowledged;
    private long filtered;
    private long partly;
    private long nextSecond;
    private long secondRequests;
    private long secondEvents;
    private long secondRefused;
    private long allRequests;
    private final Meter.Sample atStart;
    private Meter.Sample first;
    private Meter.Sample last;
    private long firstAt;
    private long lastAt;
    private long firstRequests;
    private long lastRequests;

    /**
     * @param start when the run begins, by {@link System#nanoTime}
     * @param warmUp nanoseconds that do not count
     * @param duration nanoseconds that do; {@link Long#MAX_VALUE}: all
     * @param listener told of each second as it ends
     */
    Tally(long start, long warmUp, long duration, Meter meter, Consumer<Summary.Second> listener) {
        this.start = start;
        this.measureFrom = start + warmUp;
        this.end = duration == Long.MAX_VALUE ? Long.MAX_VALUE : measureFrom + duration;
        this.meter = meter;
        this.listener = listener;
        this.nextSecond = start + SECOND;
        this.atStart = meter.sample();
    }

    private static Histogram histogram() {
        return new Histogram(MAX_MICROS, 3);
    }

    long end() {
        return end;
    }

    void answered(Work.Exchange exchange, Response response, long now) {
        roll(now);
        boolean answered = response.status() / 100 == 2;
        boolean taken = answered && !response.filtered();
        secondRequests++;
        allRequests++;
        long micros = Math.min(MAX_MICROS, Math.max(0, (now - exchange.intended) / 1000));
        int views = taken ? views(exchange, response) : 0;
        if (taken) {
            interval.recordValue(micros);
            secondEvents += views;
        } else {
            secondRefused++;
        }
        if (exchange.intended >= measureFrom && exchange.intended < end) {
            count(response, answered, micros);
            events += views;
        }
    }

    private static int views(Work.Exchange exchange, Response response) {
        int accepted = response.accepted();
        return accepted < 0 ? exchange.events : Math.min(accepted, exchange.events);
    }

    private void count(Response response, boolean answered, long micros) {
        requests++;
        statuses.merge(response.status(), 1L, Long::sum);
        if (!answered || response.hasBody()) {
            samples.computeIfAbsent(response.status(), status -> response.body());
        }
        if (answered) {
            latency.recordValue(micros);
            boolean notAll = response.accepted() >= 0;
            filtered += response.filtered() ? 1 : 0;
            partly += notAll ? 1 : 0;
            acknowledged += response.filtered() || notAll ? 0 : 1;
        } else if (response.retryAfter() >= 0) {
            retryAfter.recordValue(response.retryAfter());
        }
    }

    /** @param exchange what was under way, or null when the connection could not be made */
    void failed(Work.Exchange exchange, Failure failure, long now) {
        roll(now);
        long due = exchange == null ? now : exchange.intended;
        if (due >= measureFrom && due < end) {
            failures.merge(failure, 1L, Long::sum);
        }
    }

    /** Ends the seconds that are over. */
    void roll(long now) {
        while (now >= nextSecond) {
            endSecond();
            nextSecond += SECOND;
        }
    }

    private void endSecond() {
        Meter.Sample sample = meter.sample();
        if (nextSecond >= measureFrom && nextSecond <= end) {
            if (first == null) {
                first = sample;
                firstAt = nextSecond;
                firstRequests = allRequests;
            }
            last = sample;
            lastAt = nextSecond;
            lastRequests = allRequests;
        }
        Summary.Second second = new Summary.Second(
                seconds.size(),
                secondRequests,
                secondEvents,
                secondRefused,
                interval.getValueAtPercentile(50),
                interval.getValueAtPercentile(99),
                interval.getMaxValue(),
                sample);
        seconds.add(second);
        listener.accept(second);
        interval.reset();
        secondRequests = 0;
        secondEvents = 0;
        secondRefused = 0;
    }

    /** What came of it all. */
    Summary summary(long now) {
        roll(now);
        long until = Math.min(now, end);
        return new Summary(
                Math.max(1, until - measureFrom) / 1e9,
                requests,
                acknowledged,
                filtered,
                partly,
                events,
                Map.copyOf(new TreeMap<>(statuses)),
                Map.copyOf(samples),
                Map.copyOf(failures),
                latency.copy(),
                retryAfter.copy(),
                List.copyOf(seconds),
                cpu(now));
    }

    /** Between two ends of seconds; a run too short to have two is taken as a whole. */
    private Summary.Cpu cpu(long now) {
        if (lastRequests == firstRequests) {
            first = atStart;
            firstAt = start;
            firstRequests = 0;
            last = meter.sample();
            lastAt = now;
            lastRequests = allRequests;
        }
        if (lastRequests == firstRequests) {
            return Summary.Cpu.UNKNOWN;
        }
        double perRequest = 1e3 * (lastRequests - firstRequests);
        double wall = lastAt - firstAt;
        return new Summary.Cpu(
                (last.ownCpuNanos() - first.ownCpuNanos()) / perRequest,
                last.serverCpuNanos() < 0 ? -1 : (last.serverCpuNanos() - first.serverCpuNanos()) / perRequest,
                (last.ownCpuNanos() - first.ownCpuNanos()) / wall,
                last.serverCpuNanos() < 0 ? -1 : (last.serverCpuNanos() - first.serverCpuNanos()) / wall);
    }
}
