package io.millrace.perf.measure;

import io.millrace.perf.load.Probe;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a dashboard waits for: computed, cached, and not changed. */
@Command(
        name = "dashboard",
        description = "The dashboard's answers at a million page views over 30 days: computed, cached, 304.")
final class Panels implements Callable<Integer> {
    private static final int COLD = 40;
    private static final int FILTERED = 3;
    private static final int WARM = 2_000;

    @Mixin
    private Common common;

    @Option(names = "--views", defaultValue = "1000000", description = "Page views stored. Default: ${DEFAULT-VALUE}")
    private int views;

    private String root;
    private String authorization;

    private interface Ask {
        Probe.Answer answer(int i) throws IOException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Millrace server = new Millrace(common.setup());
        try {
            Past.fill(server, server.site(), 1, views);
            authorization = "Authorization: Bearer " + server.readKey() + "\r\n";
            root = "/api/analytics/" + server.site() + "/";
            server.start();
            try (Probe probe = new Probe(server.port())) {
                common.publish("dashboard", Provenance.of("perf/measure dashboard --views " + views) + table(probe));
            }
        } finally {
            server.delete();
        }
        return 0;
    }

    private Table table(Probe probe) throws IOException {
        Table table = new Table("request", "p50, ms", "p90, ms", "p99, ms", "max, ms");
        measure(table, "overview, about 30 days, computed", COLD, i -> get(probe, "overview" + range(i)));
        measure(
                table,
                "overview with a country filter, computed",
                FILTERED,
                i -> get(probe, "overview" + range(i) + "&country=DE"));
        measure(
                table,
                "overview with a page filter, computed",
                FILTERED,
                i -> get(probe, "overview" + range(i) + "&page=/blog/pricing-1"));
        measure(table, "flow, about 30 days, computed", COLD, i -> get(probe, "flow" + range(i)));
        measure(table, "overview, 30 days, cached", WARM, i -> get(probe, "overview?period=30d"));
        String etag = get(probe, "overview?period=30d").etag();
        measure(
                table,
                "overview, 30 days, 304",
                WARM,
                i -> expect(
                        304,
                        probe.get(root + "overview?period=30d", authorization + "If-None-Match: " + etag + "\r\n")));
        measure(table, "realtime", WARM, i -> get(probe, "realtime"));
        return table;
    }

    /** A range that no request before had, so that no answer can come from the cache. */
    private static String range(int i) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return "?from=" + today.minusDays(29 - i % 6) + "&to=" + today.minusDays(i / 6 % 7);
    }

    private Probe.Answer get(Probe probe, String path) throws IOException {
        return expect(200, probe.get(root + path, authorization));
    }

    private static Probe.Answer expect(int status, Probe.Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    private static void measure(Table table, String what, int n, Ask ask) throws IOException {
        Histogram nanos = new Histogram(120_000_000_000L, 3);
        for (int i = 0; i < n; i++) {
            nanos.recordValue(ask.answer(i).nanos());
        }
        Common.say("%s: p50 %.2f ms", what, nanos.getValueAtPercentile(50) / 1e6);
        table.row(what, millis(nanos, 50), millis(nanos, 90), millis(nanos, 99), millis(nanos, 100));
    }

    private static String millis(Histogram nanos, double percentile) {
        return Table.fixed(nanos.getValueAtPercentile(percentile) / 1e6, 2);
    }
}
