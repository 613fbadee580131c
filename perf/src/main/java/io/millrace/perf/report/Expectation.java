package io.millrace.perf.report;

import io.millrace.perf.load.Run;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** What the result of a run is expected to be, such as {@code p99<20ms} or {@code ok>99.9%}. Immutable. */
public final class Expectation {
    /** For people. */
    public static final String SYNTAX = "p50 to p99.99 or max with ms, us or s; ok with %; events/s; requests/s; and"
            + " dashboard.p99, dashboard.max, dashboard.ok";

    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9./]+)\\s*(<=|>=|<|>)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(.*)");
    private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]+)?)");
    private static final String DASHBOARD = "dashboard.";
    private static final Map<String, Double> MILLIS = Map.of("us", 1e-3, "µs", 1e-3, "ms", 1.0, "s", 1e3);

    /** All requests were acknowledged: what is expected when nothing else is said of it. */
    public static final Expectation ALL_OK = of("ok>=100%");

    private final String text;
    private final String name;
    private final String comparison;
    private final double bound;
    private final String unit;
    private final ToDoubleFunction<Run.Result> value;

    /**
     * Whether it came so.
     *
     * @param was what it is about, for people
     */
    public record Verdict(String expectation, boolean met, String was) {}

    private Expectation(Matcher parts) {
        text = parts.group();
        name = parts.group(1);
        comparison = parts.group(2);
        String given = parts.group(4);
        String figure = name.startsWith(DASHBOARD) ? name.substring(DASHBOARD.length()) : name;
        boolean ofDashboard = !figure.equals(name);
        double number = Double.parseDouble(parts.group(3));
        if (figure.equals("ok")) {
            require(given.equals("%") && number <= 100, "needs up to 100 %");
            unit = "%";
            bound = number;
            value = ofDashboard ? r -> r.dashboard() == null ? 0 : r.dashboard().okPercent() : Run.Result::okPercent;
        } else if (!ofDashboard && (figure.equals("events/s") || figure.equals("requests/s"))) {
            require(given.isEmpty(), "is a number without a unit");
            unit = "/s";
            bound = number;
            value = figure.equals("events/s")
                    ? r -> r.load().eventsPerSecond()
                    : r -> r.load().requests() / r.load().seconds();
        } else {
            double percentile = percentile(figure);
            require(MILLIS.containsKey(given), "needs ms, us or s");
            unit = "ms";
            bound = number * MILLIS.get(given);
            value = r -> millis(
                    ofDashboard
                            ? r.dashboard() == null ? null : r.dashboard().latency()
                            : r.load().latency(),
                    percentile);
        }
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    public static Expectation of(String text) {
        Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException("not such as p99<20ms or ok>99.9%: " + text + " (" + SYNTAX + ")");
        }
        return new Expectation(parts);
    }

    private double percentile(String figure) {
        Matcher percentile = PERCENTILE.matcher(figure);
        require(figure.equals("max") || percentile.matches(), "is not known; known are " + SYNTAX);
        return figure.equals("max") ? 100 : Double.parseDouble(percentile.group(1));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(text + ": " + name + " " + otherwise);
        }
    }

    /** What there was none of is more than any bound. */
    private static double millis(Histogram latency, double percentile) {
        return latency == null || latency.getTotalCount() == 0
                ? Double.POSITIVE_INFINITY
                : latency.getValueAtPercentile(percentile) / 1e3;
    }

    /** Whether it speaks of the share of acknowledged requests. */
    public boolean ofAcknowledged() {
        return name.equals("ok");
    }

    /** Whether it speaks of the dashboard. */
    public boolean ofDashboard() {
        return name.startsWith(DASHBOARD);
    }

    public Verdict verdict(Run.Result result) {
        double was = value.applyAsDouble(result);
        boolean met = switch (comparison) {
            case "<" -> was < bound;
            case "<=" -> was <= bound;
            case ">" -> was > bound;
            default -> was >= bound;
        };
        return new Verdict(text, met, Double.isInfinite(was) ? "none" : shown(was));
    }

    /** With as many digits as tell it from the bound. */
    private String shown(double was) {
        String format = unit.equals("/s") ? "%,.0f" : unit.equals("ms") ? "%.2f" : "%.4f";
        String number = String.format(Locale.ROOT, format, was)
                .replaceAll("(\\.\\d*?)0+$", "$1")
                .replaceAll("\\.$", "");
        return unit.equals("ms") ? number + " ms" : number + unit;
    }
}
