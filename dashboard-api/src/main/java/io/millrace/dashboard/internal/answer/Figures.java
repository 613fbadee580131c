package io.millrace.dashboard.internal.answer;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.engine.Metric;
import io.millrace.engine.Order;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of figures that reports have: counted metrics, and quotients of two. Pure functions. */
public final class Figures {
    /** What is counted. */
    public static final List<String> METRICS = Shape.labels(Metric.values());

    /** What is divided. */
    public static final List<String> RATES = List.of("bounce_rate", "avg_duration", "time_on_page", "scroll_depth");

    public static final List<String> ALL =
            Stream.of(METRICS, RATES).flatMap(List::stream).toList();

    private static final String ASCENDING = ":asc";
    private static final String DESCENDING = ":desc";

    private Figures() {}

    /** What a column is made of: a metric, or one and what it is divided by. */
    private static List<Metric> parts(String column) {
        return switch (column) {
            case "bounce_rate" -> List.of(Metric.BOUNCES, Metric.SESSIONS);
            case "avg_duration" -> List.of(Metric.DURATION, Metric.SESSIONS);
            case "time_on_page" -> List.of(Metric.READ, Metric.MEASURED);
            case "scroll_depth" -> List.of(Metric.SCROLLED, Metric.MEASURED);
            default -> List.of(Metric.valueOf(column.toUpperCase(Locale.ROOT)));
        };
    }

    /** What has to be counted for some columns, each once. */
    public static List<Metric> counted(Collection<String> columns) {
        LinkedHashSet<Metric> metrics = new LinkedHashSet<>();
        columns.forEach(column -> metrics.addAll(parts(column)));
        return List.copyOf(metrics);
    }

    /** What a row has in a column; null: nothing was measured. */
    public static Number value(String column, ToLongFunction<Metric> metrics) {
        List<Metric> parts = parts(column);
        long part = metrics.applyAsLong(parts.get(0));
        long whole = parts.size() > 1 ? metrics.applyAsLong(parts.get(1)) : 1;
        return switch (column) {
            case "bounce_rate" -> Ratios.percent(part, whole);
            case "avg_duration" -> Math.round(Ratios.mean(part, whole));
            case "time_on_page" -> whole == 0 ? null : (Long) Math.round(Ratios.mean(part, whole) / 1000);
            case "scroll_depth" -> whole == 0 ? null : (Double) Ratios.percent(part, 100 * whole);
            default -> part;
        };
    }

    /**
     * The order that a request asks for: a column, and {@code :asc} or {@code :desc} behind it; without, the greatest figures come
     * first, and values upwards.
     *
     * @param values what the values of the rows are called; null: there are none
     * @param columns the others that there are
     * @param refusal what is wrong, for the reason
     */
    public static Order order(
            String text, String values, Collection<String> columns, Function<String, ApiException> refusal) {
        boolean upwards = text.endsWith(ASCENDING);
        boolean said = upwards || text.endsWith(DESCENDING);
        String column = said ? text.substring(0, text.lastIndexOf(':')) : text;
        if (column.equals(values)) {
            return new Order(null, null, upwards || !said);
        }
        if (!columns.contains(column)) {
            String all =
                    Stream.concat(Stream.ofNullable(values), columns.stream()).collect(Collectors.joining(", "));
            throw refusal.apply("with or without :asc or :desc, must be one of " + all);
        }
        List<Metric> parts = parts(column);
        return new Order(parts.get(0), parts.size() > 1 ? parts.get(1) : null, upwards);
    }
}
