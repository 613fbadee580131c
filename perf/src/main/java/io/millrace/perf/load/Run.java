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

    private Run() {}

    /**
     * What came of a plan.
     *
     * @param unsent requests of the open model that never left
     * @param worstLatenessMillis how late the latest request of the open model left
     * @param visitors how many people were drawn
     * @param dashboard what the polling saw, or null
     * @param gaveUp why the run ended before its time, or null
     */
    public record Result(
            Plan plan,
            Summary load,
            long unsent,
            double worstLatenessMillis,
            int visitors,
            DashboardResult dashboard,
            String gaveUp) {

        /** Share of the requests that were acknowledged, in percent. */
        public double okPercent() {
            return load.okPercent(unsent);
        }
    }

    /** What the open dashboards saw: answers by status, failures without one, latency in microseconds. */
    public record DashboardResult(Map<Integer, Long> statuses, long failures, Histogram latency) {

        /** Share of the requests that were answered with 200 or 304, in percent; 0 when there were none. */
        public double okPercent() {
            long all = statuses.values().stream().mapToLong(Long::longValue).sum() + failures;
            long ok = statuses.getOrDefault(200, 0L) + statuses.getOrDefault(304, 0L);
            return all == 0 ? 0 : 100.0 * ok / all;
        }
    }

    /** Runs on the caller's thread; {@code listener} is told of every second. */
    public static Result of(Plan plan, Consumer<Summary.Second> listener) throws IOException {
        Format format = Format.of(plan.format(), plan.site(), plan.domain());
        Traffic traffic = new Traffic(plan.seed(), plan.run(), format.heartbeats() ? plan.heartbeats() : 0);
        String path = plan.path() == null ? format.path() : plan.path();
        String authority = plan.endpoint().authority();
        Requests requests = new Requests(traffic, format, path, authority, plan.batch(), plan.headers());
        long start = System.nanoTime();
        Tally tally = new Tally(
                start,
                plan.warmUp().toNanos(),
                plan.duration() == null ? Long.MAX_VALUE : plan.duration().toNanos(),
                new Meter(plan.pid(), plan.data()),
                listener);
        return run(plan, traffic, requests, tally, start);
    }

    /** Bytes of the largest request of a plan. */
    public static long capacity(Plan plan) {
        int path = plan.path() == null ? 0 : plan.path().length();
        int longest = path
                + plan.headers().length()
                + plan.site().length()
                + plan.domain().length()
                + 2 * plan.endpoint().authority().length();
        return Requests.capacity(plan.batch(), longest);
    }

    private static Result run(Plan plan, Traffic traffic, Requests requests, Tally tally, long start)
            throws IOException {
        Patience patience = new Patience(start, plan.duration() != null);
        OpenLoad open =
                plan.pace() == null ? null : new OpenLoad(requests, tally, patience, plan.pace(), start, plan.count());
        Work work = open != null ? open : new ClosedLoad(requests, tally, patience, plan.count());
        List<Poller> pollers = pollers(plan, start, work);
        String problem;
        try (Client client = new Client(plan.endpoint().address(), plan.tls(), TIMEOUT)) {
            client.add(work, plan.connections(), Math.toIntExact(capacity(plan)));
            pollers.forEach(poller -> client.add(poller, 1, poller.capacity()));
            client.run();
            problem = client.problem();
        }
        long now = System.nanoTime();
        return new Result(
                plan,
                tally.summary(now),
                open == null ? 0 : open.unsent(now),
                open == null ? 0 : open.worstLatenessMillis(),
                traffic.visitors(),
                pollers.isEmpty() ? null : merge(pollers),
                gaveUp(plan, patience.reason(), problem));
    }

    private static String gaveUp(Plan plan, String reason, String problem) {
        if (reason == null) {
            return null;
        }
        return plan.endpoint() + ": " + reason + (problem == null ? "" : " (" + problem + ")");
    }

    private static List<Poller> pollers(Plan plan, long start, Work load) {
        List<Poller> pollers = new ArrayList<>();
        Plan.Dashboard dashboard = plan.dashboard();
        for (int i = 0; dashboard != null && i < dashboard.viewers(); i++) {
            long first = start + dashboard.every().toNanos() * i / dashboard.viewers();
            pollers.add(new Poller(
                    dashboard.paths(),
                    plan.endpoint().authority(),
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
