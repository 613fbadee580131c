package io.millrace.dashboard.internal.report;

import static io.millrace.engine.Metric.BOUNCES;
import static io.millrace.engine.Metric.DURATION;
import static io.millrace.engine.Metric.EVENTS;
import static io.millrace.engine.Metric.PAGE_VIEWS;
import static io.millrace.engine.Metric.SESSIONS;
import static io.millrace.engine.Metric.VISITORS;

import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.query.Spellings;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The whole table behind a panel: every value of one dimension, to search, to sort and to leaf through.
 *
 * @param events of events, how many there are of all names: what the rows are shares of
 */
record Breakdown(
        SiteHead site,
        PeriodHead period,
        Dimension dimension,
        List<BreakdownRow> rows,
        long total,
        boolean approximate,
        @Omittable Long events) {
    static final Input DIMENSION = Input.choice("dimension", Filters.dimensions(), "Whose values are the rows")
            .must();
    static final Input ORDER = Input.choice(
                    "order", List.of("visitors", "sessions", "page_views", "events"), "What the greatest come first by")
            .or("visitors");
    static final Input SEARCH = Input.text("search", "Only rows that have this in their name, in either case");
    private static final List<Metric> METRICS = List.of(VISITORS, SESSIONS, PAGE_VIEWS, EVENTS, BOUNCES, DURATION);

    @SnakeCase
    record BreakdownRow(
            String name,
            long visitors,
            long sessions,
            long pageViews,
            long events,
            double bounceRate,
            long avgDuration) {
        private static BreakdownRow of(Report.Row r) {
            List<Long> m = r.metrics();
            return new BreakdownRow(
                    ReportContext.name(r.values().get(0)),
                    m.get(0),
                    m.get(1),
                    m.get(2),
                    m.get(3),
                    Ratios.percent(m.get(4), m.get(1)),
                    Math.round(Ratios.mean(m.get(5), m.get(1))));
        }
    }

    static Breakdown of(ReportContext context, Params params) {
        Dimension dimension = Dimension.valueOf(params.choice(DIMENSION).toUpperCase(Locale.ROOT));
        List<Filter> filters = new ArrayList<>(context.filters(dimension));
        if (params.has("search")) {
            String search = '*' + Filter.exactly(params.one("search")) + '*';
            filters.add(new Filter(dimension, false, true, Spellings.of(dimension, search)));
        }
        if (dimension == Dimension.EVENT) {
            filters.add(Filter.isNot(dimension, ""));
        }
        Query query = new Query(
                context.site().id(),
                context.period().current(),
                context.period().zone(),
                METRICS,
                List.of(dimension),
                filters,
                Metric.valueOf(params.choice(ORDER).toUpperCase(Locale.ROOT)),
                params.number(ReportFormat.LIMIT),
                params.number(ReportFormat.OFFSET));
        Report report = context.engine().query(query);
        return new Breakdown(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                dimension,
                report.rows().stream().map(BreakdownRow::of).toList(),
                report.totalRows(),
                report.approximate(),
                dimension == Dimension.EVENT
                        ? context.totals(context.period().current(), EVENTS).get(0)
                        : null);
    }
}
