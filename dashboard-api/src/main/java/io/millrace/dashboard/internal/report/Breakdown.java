package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.Figures;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.query.Spellings;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

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
    static final Input SORT = Input.text(
            "sort",
            "By which column, name among them: visitors:desc, name:asc. Without a direction the greatest figures come first, names"
                    + " from a to z; absent: visitors. Rows that are alike are in the order of their names");
    static final Input COMPARE = Input.choice(
            "compare",
            ResolvedPeriod.Compare.values(),
            "What to compare with: the first 100 rows say their visitors then");
    private static final int COMPARED = 100;
    static final Input SEARCH = Input.text("search", "Only rows that have this in their name, in either case");
    private static final List<String> COLUMNS =
            List.of("visitors", "sessions", "page_views", "events", "bounce_rate", "avg_duration");

    /** Those of pages. */
    private static final List<String> PAGE_COLUMNS = Stream.concat(
                    COLUMNS.stream(), Stream.of("time_on_page", "scroll_depth"))
            .toList();

    /**
     * How the page views of a page were read.
     *
     * @param timeOnPage average, whole seconds; null: no client said any
     * @param scrollDepth average, percent of the page
     */
    @SnakeCase
    record Reading(@Nullable Long timeOnPage, @Nullable Double scrollDepth) {}

    /** @param previous visitors in the period that it is compared with; null: nothing was asked for, or comes before */
    @SnakeCase
    record BreakdownRow(
            String name,
            long visitors,
            long sessions,
            long pageViews,
            long events,
            double bounceRate,
            long avgDuration,
            @Unwrapped @Omittable Reading reading,
            @Omittable Long previous) {
        private static BreakdownRow of(Report.Row r, List<Metric> metrics, boolean pages, Map<String, Long> before) {
            ToLongFunction<Metric> m = metric -> r.metrics().get(metrics.indexOf(metric));
            return new BreakdownRow(
                    ReportContext.name(r.values().get(0)),
                    m.applyAsLong(Metric.VISITORS),
                    m.applyAsLong(Metric.SESSIONS),
                    m.applyAsLong(Metric.PAGE_VIEWS),
                    m.applyAsLong(Metric.EVENTS),
                    (Double) Figures.value("bounce_rate", m),
                    (Long) Figures.value("avg_duration", m),
                    pages
                            ? new Reading(
                                    (Long) Figures.value("time_on_page", m), (Double) Figures.value("scroll_depth", m))
                            : null,
                    before.get(r.values().get(0)));
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
        boolean pages = dimension == Dimension.PAGE;
        List<String> columns = pages ? PAGE_COLUMNS : COLUMNS;
        List<Metric> metrics = Figures.counted(columns);
        String sort = params.has(SORT.name()) ? params.one(SORT.name()) : "visitors";
        Query query = new Query(
                context.site().id(),
                context.period().current(),
                context.period().zone(),
                metrics,
                List.of(dimension),
                filters,
                Figures.order(sort, "name", columns, why -> ApiException.parameter(SORT.name(), why)),
                params.number(ReportFormat.LIMIT),
                params.number(ReportFormat.OFFSET));
        Report report = context.engine().query(query);
        Map<String, Long> before = before(context, params, query, report);
        return new Breakdown(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                dimension,
                report.rows().stream()
                        .map(r -> BreakdownRow.of(r, metrics, pages, before))
                        .toList(),
                report.totalRows(),
                report.approximate(),
                dimension == Dimension.EVENT
                        ? context.totals(context.period().current(), Metric.EVENTS)
                                .get(0)
                        : null);
    }

    /** The visitors of the first rows in the period before, by value; empty where none is asked for, or none was. */
    private static Map<String, Long> before(ReportContext context, Params params, Query query, Report report) {
        Map<String, Long> before = new HashMap<>();
        String compare = params.choice(COMPARE);
        Period previous = compare == null
                ? null
                : context.period()
                        .against(Shape.constant(ResolvedPeriod.Compare.class, compare))
                        .previous();
        if (previous == null || report.rows().isEmpty()) {
            return before;
        }
        report.rows().stream()
                .limit(COMPARED)
                .forEach(r -> before.put(r.values().get(0), 0L));
        List<String> values = before.keySet().stream()
                .map(value -> value == null ? "" : Filter.exactly(value))
                .toList();
        Attribute dimension = query.dimensions().get(0);
        List<Filter> filters = new ArrayList<>(query.filters());
        filters.add(new Filter(dimension, false, values));
        Query asked = Query.totals(query.siteId(), previous, query.zone(), Metric.VISITORS)
                .where(filters)
                .by(dimension, COMPARED);
        context.engine()
                .query(asked)
                .rows()
                .forEach(r -> before.put(r.values().get(0), r.metrics().get(0)));
        return before;
    }
}
