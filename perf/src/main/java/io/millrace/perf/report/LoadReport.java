package io.millrace.perf.report;

import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** A run of the load generator for people ({@link #table}, {@link #html}) and programs ({@link #json}). */
public final class LoadReport {
    private static final double[] PERCENTILES = {0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100};

    private final Run.Result result;
    private final Summary load;
    private final List<Expectation.Verdict> verdicts;
    private final Machine machine = Machine.here();

    public LoadReport(Run.Result result) {
        this(result, List.of());
    }

    /** @param expectations which the report says whether they were met */
    public LoadReport(Run.Result result, List<Expectation> expectations) {
        this.result = result;
        this.load = result.load();
        this.verdicts = expectations.stream().map(e -> e.verdict(result)).toList();
    }

    /** Whether everything came as expected. */
    public boolean asExpected() {
        return result.gaveUp() == null && verdicts.stream().allMatch(Expectation.Verdict::met);
    }

    /** Lines of name and value. */
    public String table() {
        StringBuilder text = new StringBuilder();
        rows().forEach((name, value) -> text.append(String.format("%-22s %s%n", name, value)));
        return text.toString();
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("plan", plan());
        rows.put("machine", machine.toString());
        rows.put("events/s", format("%,.0f", load.eventsPerSecond()));
        rows.put(
                "requests",
                format("%,d in %.1f s, %,.0f/s", load.requests(), load.seconds(), load.requests() / load.seconds()));
        if (result.visitors() > 0) {
            rows.put("visitors", format("%,d sent page views, in the warm-up too", result.visitors()));
        }
        rows.put("answers", answers(load.statuses()));
        if (load.filtered() + load.partly() > 0) {
            rows.put("taken, but", format("will not count: %,d; only in part: %,d", load.filtered(), load.partly()));
        }
        rows.put(
                "without answer",
                load.failures().isEmpty() ? "none" : load.failures().toString());
        if (load.retryAfter().getTotalCount() > 0) {
            Histogram asked = load.retryAfter();
            rows.put(
                    "Retry-After",
                    format(
                            "%d to %d s, median %d",
                            asked.getMinValue(), asked.getMaxValue(), asked.getValueAtPercentile(50)));
        }
        if (load.latency().getTotalCount() > 0) {
            rows.put(
                    "ack latency, ms",
                    format(
                            "p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.1f",
                            load.millis(50), load.millis(90), load.millis(99), load.millis(99.9), load.millis(100)));
        }
        if (result.plan().pace() != null) {
            rows.put(
                    "never sent",
                    format("%,d; the latest left %.1f ms late", result.unsent(), result.worstLatenessMillis()));
        }
        if (load.cpu().ownMicros() >= 0) {
            rows.put(
                    "generator CPU",
                    format(
                            "%.1f µs a request, %.2f cores",
                            load.cpu().ownMicros(), load.cpu().ownCores()));
        }
        if (load.cpu().serverMicros() >= 0) {
            rows.put(
                    "server CPU",
                    format(
                            "%.1f µs a request, %.2f cores",
                            load.cpu().serverMicros(), load.cpu().serverCores()));
        }
        if (result.dashboard() != null) {
            rows.put("dashboard", dashboard());
        }
        load.samples().forEach((status, body) -> {
            if (!body.isBlank()) {
                rows.put("a body with " + status, body.strip());
            }
        });
        if (result.gaveUp() != null) {
            rows.put("gave up", result.gaveUp());
        }
        verdicts.forEach(v -> rows.put("expected " + v.expectation(), (v.met() ? "yes: " : "NO: ") + v.was()));
        return rows;
    }

    private String plan() {
        Plan plan = result.plan();
        return format(
                "%s %s%s, %s, %d connections, %s, run %d",
                plan.format().toString(),
                plan.endpoint(),
                plan.path() == null ? "" : plan.path(),
                plan.batch() == 1 ? "single events" : "arrays of " + plan.batch(),
                plan.connections(),
                plan.pace() == null
                        ? "closed model"
                        : "open model at " + plan.pace().steps() + "/s",
                plan.run());
    }

    private String answers(Map<Integer, Long> statuses) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(statuses).forEach((status, n) -> parts.add(format("%d: %,d", status, n)));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private String dashboard() {
        Histogram h = result.dashboard().latency();
        String answers = format(
                "%s; without answer: %d",
                answers(result.dashboard().statuses()), result.dashboard().failures());
        if (h.getTotalCount() == 0) {
            return answers;
        }
        return format(
                "%s; ms p50 %.1f  p99 %.1f  max %.1f",
                answers, h.getValueAtPercentile(50) / 1e3, h.getValueAtPercentile(99) / 1e3, h.getMaxValue() / 1e3);
    }

    /** Everything as one JSON object. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("plan", plan());
        all.put("machine", machine.toString());
        all.put("seconds", load.seconds());
        all.put("requests", load.requests());
        all.put("events", load.events());
        all.put("events_per_second", load.eventsPerSecond());
        all.put("ok_percent", result.okPercent());
        all.put("visitors", result.visitors());
        all.put("statuses", new TreeMap<>(load.statuses()));
        all.put("filtered", load.filtered());
        all.put("partly", load.partly());
        all.put("failures", load.failures());
        all.put("unsent", result.unsent());
        all.put("latency_ms", percentiles(load.latency()));
        all.put("generator_cpu_us", known(load.cpu().ownMicros()));
        all.put("server_cpu_us", known(load.cpu().serverMicros()));
        all.put("gave_up", result.gaveUp());
        all.put("as_expected", asExpected());
        all.put("expectations", verdicts.stream().map(LoadReport::verdict).toList());
        if (result.dashboard() != null) {
            all.put("dashboard_statuses", result.dashboard().statuses());
            all.put("dashboard_ms", percentiles(result.dashboard().latency()));
        }
        all.put("timeline", load.timeline().stream().map(LoadReport::second).toList());
        return Json.of(all);
    }

    private static Double known(double micros) {
        return micros < 0 ? null : micros;
    }

    private static Long known(long n) {
        return n < 0 ? null : n;
    }

    private static Map<String, Object> verdict(Expectation.Verdict v) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("expected", v.expectation());
        row.put("met", v.met());
        row.put("was", v.was());
        return row;
    }

    private static Map<String, Object> percentiles(Histogram h) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (double p : PERCENTILES) {
            found.put(
                    "p" + format("%s", p).replaceAll("\\.0$", ""),
                    h.getTotalCount() == 0 ? null : (Object) (h.getValueAtPercentile(p) / 1e3));
        }
        return found;
    }

    private static Map<String, Object> second(Summary.Second s) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("second", s.second());
        row.put("events", s.events());
        row.put("refused", s.refused());
        row.put("p50_ms", s.p50() / 1e3);
        row.put("p99_ms", s.p99() / 1e3);
        row.put("max_ms", s.max() / 1e3);
        row.put("server_anonymous_kb", known(s.server().serverAnonymousKb()));
        row.put("wal_bytes", known(s.server().walBytes()));
        row.put("database_bytes", known(s.server().databaseBytes()));
        return row;
    }

    /** A page with charts, complete in itself. */
    public String html() {
        StringBuilder page =
                new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Load</title>"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><style>:root{color-scheme:light dark}"
                        + "body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem}"
                        + "table{border-collapse:collapse;margin-bottom:1.5rem}th{text-align:left;font-weight:500;padding-right:1.5rem;"
                        + "vertical-align:top;white-space:nowrap}td{overflow-wrap:anywhere}svg{width:100%;height:auto;margin:.8rem 0}</style>"
                        + "<h1>Load</h1><table>");
        rows().forEach((name, value) ->
                page.append("<tr><th>").append(Chart.text(name)).append("<td>").append(Chart.text(value)));
        page.append("</table>");
        charts().forEach(chart -> page.append(chart.svg()));
        return page.append("</html>\n").toString();
    }

    /** The charts of the page, each also of use alone. */
    public List<Chart> charts() {
        List<Chart> charts = new ArrayList<>();
        charts.add(latencyByPercentile());
        charts.add(overTime("Throughput", "events/s")
                .line("acknowledged", times(), values(Summary.Second::events))
                .line("refused", times(), values(Summary.Second::refused)));
        charts.add(overTime("Ack latency over time", "ms")
                .line("p50", times(), values(s -> s.p50() / 1e3))
                .line("p99", times(), values(s -> s.p99() / 1e3))
                .line("max", times(), values(s -> s.max() / 1e3))
                .logarithmic());
        if (load.timeline().stream().anyMatch(s -> s.server().serverAnonymousKb() > 0)) {
            charts.add(overTime("Anonymous memory of the server", "MB")
                    .line("RSS", times(), values(s -> s.server().serverAnonymousKb() / 1024.0)));
        }
        if (load.timeline().stream().anyMatch(s -> s.server().walBytes() > 0)) {
            charts.add(overTime("Write-ahead log", "MB")
                    .line("WAL", times(), values(s -> s.server().walBytes() / 1048576.0)));
        }
        return charts;
    }

    private Chart latencyByPercentile() {
        int n = PERCENTILES.length - 1;
        double[] xs = new double[n];
        double[] ys = new double[n];
        for (int i = 0; i < n; i++) {
            xs[i] = -Math.log10(1 - PERCENTILES[i] / 100);
            ys[i] = load.latency().getTotalCount() == 0 ? 0 : load.millis(PERCENTILES[i]);
        }
        return new Chart("Ack latency by percentile", "percentile", "ms")
                .line("all", xs, ys)
                .logarithmic()
                .xTicks(new double[] {0, 0.301, 1, 2, 3, 4}, new String[] {"0", "50", "90", "99", "99.9", "99.99"});
    }

    private static Chart overTime(String title, String unit) {
        return new Chart(title, "s", unit);
    }

    private double[] times() {
        return values(Summary.Second::second);
    }

    private double[] values(ToDoubleFunction<Summary.Second> value) {
        return load.timeline().stream().mapToDouble(value).toArray();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
