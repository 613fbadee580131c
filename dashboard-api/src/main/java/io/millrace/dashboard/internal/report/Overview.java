package io.millrace.dashboard.internal.report;

import static io.millrace.engine.Metric.BOUNCES;
import static io.millrace.engine.Metric.DURATION;
import static io.millrace.engine.Metric.PAGE_VIEWS;
import static io.millrace.engine.Metric.SESSIONS;
import static io.millrace.engine.Metric.VISITORS;

import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The overview of a site: totals, their change, the series and the panels. */
final class Overview {
    private static final List<String> COMPARISONS = List.of("previous", "year", "weekday");
    private static final Metric[] TOTALS = {VISITORS, SESSIONS, PAGE_VIEWS, BOUNCES, DURATION};

    /** One of the tables: what it is called, what it asks, and how the figures of a row read. */
    private record Panel(
            String name, Dimension dimension, int limit, Function<List<Long>, JsonObject> row, Metric... metrics) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("sources", Dimension.SOURCE, 20, Overview::visits, SESSIONS, VISITORS, BOUNCES),
            new Panel("pages", Dimension.PAGE, 20, Overview::views, PAGE_VIEWS, VISITORS),
            new Panel("entryPages", Dimension.ENTRY_PAGE, 10, Overview::visits, SESSIONS, VISITORS, BOUNCES),
            new Panel("exitPages", Dimension.EXIT_PAGE, 10, Overview::exits, SESSIONS, VISITORS),
            new Panel("countries", Dimension.COUNTRY, 20, Overview::counts, SESSIONS, VISITORS),
            new Panel("cities", Dimension.CITY, 20, Overview::counts, SESSIONS, VISITORS),
            new Panel("browsers", Dimension.BROWSER, 10, Overview::counts, SESSIONS, VISITORS),
            new Panel("os", Dimension.OS, 10, Overview::counts, SESSIONS, VISITORS),
            new Panel("devices", Dimension.DEVICE, 10, Overview::counts, SESSIONS, VISITORS));

    private Overview() {}

    /**
     * @param params {@code compare}: what to compare with, and the series of that comes too
     */
    static JsonObject of(ReportContext asked, Params params) {
        String compare = params.one("compare");
        if (compare != null && !COMPARISONS.contains(compare)) {
            throw ApiException.parameter("compare", "must be one of " + String.join(", ", COMPARISONS));
        }
        ResolvedPeriod.Compare with = compare == null
                ? ResolvedPeriod.Compare.PREVIOUS
                : ResolvedPeriod.Compare.valueOf(compare.toUpperCase(Locale.ROOT));
        ReportContext settled = asked.over(asked.period().against(with)).settled();
        ReportContext context = settled.knowing(queries(settled));
        List<Long> current = context.totals(context.period().current(), TOTALS);
        List<Long> previous = context.period().previous() == null
                ? List.of(0L, 0L, 0L, 0L, 0L)
                : context.totals(context.period().previous(), TOTALS);
        CompletedConversions conversions = CompletedConversions.of(context);
        JsonObject answer = context.head()
                .with("current", totals(current))
                .with("previous", totals(previous))
                .with("changes", changes(current, previous))
                .with("timeSeries", series(context));
        if (compare != null) {
            answer.with(
                    "previousTimeSeries",
                    context.period().previous() == null
                            ? null
                            : series(context.over(context.period().before())));
        }
        for (Panel p : PANELS) {
            answer.with(p.name(), context.panel(p.dimension(), p.limit(), p.row(), p.metrics()));
        }
        return answer.with("conversions", conversions.describe(context, current.get(1)))
                .with("affiliates", Affiliates.panel(context, conversions));
    }

    /** What is asked of the period itself, to be asked together. */
    private static List<Query> queries(ReportContext context) {
        List<Query> queries = new ArrayList<>();
        queries.add(context.query(context.period().current(), TOTALS));
        queries.add(context.breakdown(context.period().interval(), 0, TOTALS));
        for (Panel p : PANELS) {
            queries.add(context.breakdown(p.dimension(), p.limit(), p.metrics()));
        }
        return queries;
    }

    static JsonObject totals(List<Long> t) {
        return JsonObject.of("visitors", t.get(0))
                .with("sessions", t.get(1))
                .with("pageViews", t.get(2))
                .with("bounceRate", Ratios.percent(t.get(3), t.get(1)))
                .with("avgDuration", Math.round(Ratios.mean(t.get(4), t.get(1))));
    }

    private static JsonObject changes(List<Long> now, List<Long> before) {
        return JsonObject.of("visitors", Ratios.change(now.get(0), before.get(0)))
                .with("sessions", Ratios.change(now.get(1), before.get(1)))
                .with("pageViews", Ratios.change(now.get(2), before.get(2)))
                .with("bounceRate", quotient(now, before, 3))
                .with("avgDuration", quotient(now, before, 4));
    }

    private static Double quotient(List<Long> now, List<Long> before, int i) {
        return Ratios.change(Ratios.mean(now.get(i), now.get(1)), Ratios.mean(before.get(i), before.get(1)));
    }

    static List<JsonObject> series(ReportContext context) {
        return context.series(TOTALS, "visitors", "sessions", "page_views", "bounce_rate", "avg_duration").stream()
                .map(Overview::bucket)
                .toList();
    }

    /** Makes quotients of what was summed. */
    private static JsonObject bucket(JsonObject sums) {
        long sessions = (Long) sums.get("sessions");
        return sums.with("bounce_rate", Ratios.percent((Long) sums.get("bounce_rate"), sessions))
                .with("avg_duration", Math.round(Ratios.mean((Long) sums.get("avg_duration"), sessions)));
    }

    private static JsonObject views(List<Long> m) {
        return JsonObject.of("views", m.get(0)).with("visitors", m.get(1));
    }

    private static JsonObject visits(List<Long> m) {
        return JsonObject.of("sessions", m.get(0))
                .with("visitors", m.get(1))
                .with("bounce_rate", Ratios.percent(m.get(2), m.get(0)));
    }

    private static JsonObject exits(List<Long> m) {
        return JsonObject.of("sessions", m.get(0)).with("visitors", m.get(1));
    }

    private static JsonObject counts(List<Long> m) {
        return JsonObject.of("count", m.get(0)).with("visitors", m.get(1));
    }
}
