package io.millrace.perf.load;

import io.millrace.perf.traffic.Format;
import io.millrace.perf.traffic.Requests;
import io.millrace.perf.traffic.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Carries out a {@link Plan}. */
public final class Run {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int POLL_CAPACITY = 8 * 1024;

    private Run() {}

    /**
     * What came of a plan.
     *
     * @param unsent requests of the open model that never left
     * @param worstLatenessMillis how late the latest request of the open model left
     * @param dashboard what the polling saw, or null
     */
    public record Result(Plan plan, Summary load, long unsent, double worstLatenessMillis, DashboardResult dashboard) {}

    /** What the open dashboards saw: answers by status, failures without one, latency in microseconds. */
    public record DashboardResult(Map<Integer, Long> statuses, long failures, Histogram latency) {}

    /** Runs on the caller's thread; {@code listener} is told of every second. */
    public static Result of(Plan plan, Consumer<Tally.Second> listener) throws IOException {
        Format format = Format.of(plan.format(), plan.site(), plan.domain());
        Traffic traffic = new Traffic(plan.seed(), plan.run(), format.heartbeats() ? plan.heartbeats() : 0);
        String path = plan.path() == null ? format.path() : plan.path();
        Requests requests = new Requests(traffic, format, path, plan.authority(), plan.batch(), plan.headers());
        long start = System.nanoTime();
        Tally tally = new Tally(
                start,
                plan.warmUp().toNanos(),
                plan.duration().toNanos(),
                new Meter(plan.pid(), plan.data()),
                listener);
        return run(plan, requests, tally, start);
    }

    private static Result run(Plan plan, Requests requests, Tally tally, long start) throws IOException {
        OpenLoad open = plan.pace() == null ? null : new OpenLoad(requests, tally, plan.pace(), start, plan.count());
        Work work = open != null ? open : new ClosedLoad(requests, tally, plan.count());
        List<Poller> pollers = pollers(plan, start, work);
        try (Client client = new Client(plan.address(), TIMEOUT)) {
            client.add(
                    work,
                    plan.connections(),
                    Requests.capacity(plan.batch()) + plan.headers().length());
            pollers.forEach(poller -> client.add(poller, 1, POLL_CAPACITY));
            client.run();
        }
        return new Result(
                plan,
                tally.summary(System.nanoTime()),
                open == null ? 0 : open.unsent(),
                open == null ? 0 : open.worstLatenessMillis(),
                pollers.isEmpty() ? null : merge(pollers));
    }

    private static List<Poller> pollers(Plan plan, long start, Work load) {
        List<Poller> pollers = new ArrayList<>();
        Plan.Dashboard dashboard = plan.dashboard();
        for (int i = 0; dashboard != null && i < dashboard.viewers(); i++) {
            long first = start + dashboard.every().toNanos() * i / dashboard.viewers();
            pollers.add(new Poller(
                    dashboard.paths(),
                    plan.authority(),
                    dashboard.key(),
                    dashboard.every(),
                    first,
                    start + plan.warmUp().toNanos(),
                    load));
        }
        return pollers;
    }

    private static DashboardResult merge(List<Poller> pollers) {
        Histogram latency = new Histogram(120_000_000L, 3);
        Map<Integer, Long> statuses = new TreeMap<>();
        long failures = 0;
        for (Poller poller : pollers) {
            latency.add(poller.latency());
            poller.statuses().forEach((status, n) -> statuses.merge(status, n, Long::sum));
            failures += poller.failures();
        }
        return new DashboardResult(statuses, failures, latency);
    }
}
