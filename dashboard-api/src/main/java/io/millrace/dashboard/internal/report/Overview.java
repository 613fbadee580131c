package io.millrace.dashboard.internal.report;

import static io.millrace.engine.Metric.BOUNCES;
import static io.millrace.engine.Metric.DURATION;
import static io.millrace.engine.Metric.PAGE_VIEWS;
import static io.millrace.engine.Metric.SESSIONS;
import static io.millrace.engine.Metric.VISITORS;

import io.millrace.dashboard.internal.answer.CountRow;
import io.millrace.dashboard.internal.answer.Panel;
import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.revenue.Affiliates;
import io.millrace.dashboard.internal.revenue.CompletedConversions;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * The overview of a site: totals, their change, the series and the panels.
 *
 * @param compared with the parameter {@code compare} alone
 */
record Overview(
        SiteHead site,
        PeriodHead period,
        Totals current,
        Totals previous,
        Changes changes,
        List<SeriesRow> timeSeries,
        @Unwrapped @Omittable Compared compared,
        List<VisitRow> sources,
        List<PageRow> pages,
        List<VisitRow> entryPages,
        List<ExitRow> exitPages,
        List<CountRow> countries,
        List<CountRow> cities,
        List<CountRow> browsers,
        List<CountRow> os,
        List<CountRow> devices,
        CompletedConversions.ConversionPanel conversions,
        List<Affiliates.AffiliateSummary> affiliates) {

    static final Input COMPARE = Input.choice(
            "compare", ResolvedPeriod.Compare.values(), "What to compare with; the series of that comes too");
    private static final Metric[] TOTALS = {VISITORS, SESSIONS, PAGE_VIEWS, BOUNCES, DURATION};
    private static final Panel<VisitRow> SOURCES =
            new Panel<>(Dimension.SOURCE, 20, VisitRow::new, SESSIONS, VISITORS, BOUNCES);
    private static final Panel<PageRow> PAGES = pages(20);
    private static final Panel<VisitRow> ENTRY_PAGES =
            new Panel<>(Dimension.ENTRY_PAGE, 10, VisitRow::new, SESSIONS, VISITORS, BOUNCES);
    private static final Panel<ExitRow> EXIT_PAGES =
            new Panel<>(Dimension.EXIT_PAGE, 10, ExitRow::new, SESSIONS, VISITORS);
    private static final Panel<CountRow> COUNTRIES = counts(Dimension.COUNTRY, 20);
    private static final Panel<CountRow> CITIES = counts(Dimension.CITY, 20);
    private static final Panel<CountRow> BROWSERS = counts(Dimension.BROWSER, 10);
    private static final Panel<CountRow> OS = counts(Dimension.OS, 10);
    private static final Panel<CountRow> DEVICES = counts(Dimension.DEVICE, 10);
    private static final List<Panel<?>> PANELS =
            List.of(SOURCES, PAGES, ENTRY_PAGES, EXIT_PAGES, COUNTRIES, CITIES, BROWSERS, OS, DEVICES);

    /** What is counted of a period or a bucket of its series. */
    private record Counts(long visitors, long sessions, long pageViews, long bounces, long duration) {
        private static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        private Counts(List<Long> totals) {
            this(totals.get(0), totals.get(1), totals.get(2), totals.get(3), totals.get(4));
        }

        private double bounceRate() {
            return Ratios.percent(bounces, sessions);
        }

        private long avgDuration() {
            return Math.round(Ratios.mean(duration, sessions));
        }
    }

    record Totals(long visitors, long sessions, long pageViews, double bounceRate, long avgDuration) {
        private Totals(Counts c) {
            this(c.visitors, c.sessions, c.pageViews, c.bounceRate(), c.avgDuration());
        }
    }

    record Changes(
            @Nullable Double visitors,
            @Nullable Double sessions,
            @Nullable Double pageViews,
            @Nullable Double bounceRate,
            @Nullable Double avgDuration) {
        private static Changes of(Counts now, Counts before) {
            return new Changes(
                    Ratios.change(now.visitors, before.visitors),
                    Ratios.change(now.sessions, before.sessions),
                    Ratios.change(now.pageViews, before.pageViews),
                    Ratios.change(Ratios.mean(now.bounces, now.sessions), Ratios.mean(before.bounces, before.sessions)),
                    Ratios.change(
                            Ratios.mean(now.duration, now.sessions), Ratios.mean(before.duration, before.sessions)));
        }
    }

    @SnakeCase
    record SeriesRow(String date, long visitors, long sessions, long pageViews, double bounceRate, long avgDuration) {
        private static SeriesRow of(String date, List<Long> metrics) {
            Counts c = new Counts(metrics);
            return new SeriesRow(date, c.visitors, c.sessions, c.pageViews, c.bounceRate(), c.avgDuration());
        }
    }

    /** The series of the period that it is compared with; null: nothing comes before. */
    record Compared(@Nullable List<SeriesRow> previousTimeSeries) {}

    @SnakeCase
    record VisitRow(String name, long sessions, long visitors, double bounceRate) {
        private VisitRow(String name, List<Long> m) {
            this(name, m.get(0), m.get(1), Ratios.percent(m.get(2), m.get(0)));
        }
    }

    record PageRow(String name, long views, long visitors) {
        private PageRow(String name, List<Long> m) {
            this(name, m.get(0), m.get(1));
        }
    }

    record ExitRow(String name, long sessions, long visitors) {
        private ExitRow(String name, List<Long> m) {
            this(name, m.get(0), m.get(1));
        }
    }

    static Panel<PageRow> pages(int limit) {
        return new Panel<>(Dimension.PAGE, limit, PageRow::new, PAGE_VIEWS, VISITORS);
    }

    private static Panel<CountRow> counts(Dimension dimension, int limit) {
        return new Panel<>(dimension, limit, CountRow::new, SESSIONS, VISITORS);
    }

    /**
     * @param params {@code compare}: what to compare with, and the series of that comes too
     */
    static Overview of(ReportContext asked, Params params) {
        String compare = params.choice(COMPARE);
        ResolvedPeriod.Compare with = compare == null
                ? ResolvedPeriod.Compare.PREVIOUS
                : Shape.constant(ResolvedPeriod.Compare.class, compare);
        ReportContext settled = asked.over(asked.period().against(with)).settled();
        ReportContext context = settled.knowing(queries(settled));
        ResolvedPeriod period = context.period();
        Counts current = new Counts(context.totals(period.current(), TOTALS));
        ReportContext before = period.previous() == null ? null : before(context, compare != null);
        Counts previous = before == null ? Counts.NONE : new Counts(before.totals(period.previous(), TOTALS));
        CompletedConversions conversions = CompletedConversions.of(context);
        return new Overview(
                SiteHead.of(context.site()),
                PeriodHead.of(period),
                new Totals(current),
                new Totals(previous),
                Changes.of(current, previous),
                series(context),
                compare == null ? null : new Compared(before == null ? null : series(before)),
                context.panel(SOURCES),
                context.panel(PAGES),
                context.panel(ENTRY_PAGES),
                context.panel(EXIT_PAGES),
                context.panel(COUNTRIES),
                context.panel(CITIES),
                context.panel(BROWSERS),
                context.panel(OS),
                context.panel(DEVICES),
                conversions.panel(context, current.sessions),
                Affiliates.panel(context, conversions));
    }

    /** What is asked of the period itself, to be asked together. */
    private static List<Query> queries(ReportContext context) {
        List<Query> queries = new ArrayList<>();
        queries.add(context.query(context.period().current(), TOTALS));
        queries.add(context.breakdown(context.period().interval(), 0, TOTALS));
        for (Panel<?> p : PANELS) {
            queries.add(context.breakdown(p.dimension(), p.limit(), p.metrics()));
        }
        return queries;
    }

    private static List<SeriesRow> series(ReportContext context) {
        return context.series(SeriesRow::of, TOTALS);
    }

    /** The same questions about the period before; its series is asked for together with its totals. */
    private static ReportContext before(ReportContext context, boolean series) {
        ReportContext before = context.over(context.period().before());
        return series
                ? before.knowing(List.of(
                        before.query(context.period().previous(), TOTALS),
                        before.breakdown(before.period().interval(), 0, TOTALS)))
                : before;
    }
}
