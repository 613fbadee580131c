package io.millrace.dashboard.internal;

import static io.millrace.engine.Metric.BOUNCES;
import static io.millrace.engine.Metric.DURATION;
import static io.millrace.engine.Metric.PAGE_VIEWS;
import static io.millrace.engine.Metric.SESSIONS;
import static io.millrace.engine.Metric.VISITORS;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Site;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The overview of a site: totals, their change, the series and the panels. */
final class Overview {
    static final Set<String> PARAMS = Set.of("compare");
    private static final List<String> COMPARISONS = List.of("previous", "year", "weekday");
    private static final Metric[] TOTALS = {VISITORS, SESSIONS, PAGE_VIEWS, BOUNCES, DURATION};

    private Overview() {}

    /**
     * @param params {@code compare}: what to compare with, and the series of that comes too
     */
    static Fields of(Ask asked, Params params) {
        String compare = params.one("compare");
        if (compare != null && !COMPARISONS.contains(compare)) {
            throw Refusal.parameter("compare", "must be one of " + String.join(", ", COMPARISONS));
        }
        Span.Compare with =
                compare == null ? Span.Compare.PREVIOUS : Span.Compare.valueOf(compare.toUpperCase(Locale.ROOT));
        Ask ask = asked.over(asked.span().against(with)).settled();
        List<Long> current = ask.totals(ask.span().current(), TOTALS);
        List<Long> previous = ask.span().previous() == null
                ? List.of(0L, 0L, 0L, 0L, 0L)
                : ask.totals(ask.span().previous(), TOTALS);
        Sales sales = Sales.of(ask);
        Fields answer = Fields.of("site", site(ask.site()))
                .with("period", ask.span().describe())
                .with("current", totals(current))
                .with("previous", totals(previous))
                .with("changes", changes(current, previous))
                .with("timeSeries", series(ask));
        if (compare != null) {
            answer.with(
                    "previousTimeSeries",
                    ask.span().previous() == null
                            ? null
                            : series(ask.over(ask.span().before())));
        }
        panels(ask, answer);
        return answer.with("conversions", sales.describe(ask, current.get(1)))
                .with("affiliates", Affiliates.panel(ask, sales));
    }

    static Fields site(Site site) {
        return Fields.of("id", site.id())
                .with("domain", site.domain())
                .with("name", site.name())
                .with("timezone", Times.name(site.zone()));
    }

    static Fields totals(List<Long> t) {
        return Fields.of("visitors", t.get(0))
                .with("sessions", t.get(1))
                .with("pageViews", t.get(2))
                .with("bounceRate", Rates.percent(t.get(3), t.get(1)))
                .with("avgDuration", Math.round(Rates.mean(t.get(4), t.get(1))));
    }

    private static Fields changes(List<Long> now, List<Long> before) {
        return Fields.of("visitors", Rates.change(now.get(0), before.get(0)))
                .with("sessions", Rates.change(now.get(1), before.get(1)))
                .with("pageViews", Rates.change(now.get(2), before.get(2)))
                .with("bounceRate", quotient(now, before, 3))
                .with("avgDuration", quotient(now, before, 4));
    }

    private static Double quotient(List<Long> now, List<Long> before, int i) {
        return Rates.change(Rates.mean(now.get(i), now.get(1)), Rates.mean(before.get(i), before.get(1)));
    }

    static List<Fields> series(Ask ask) {
        return ask.series(TOTALS, "visitors", "sessions", "page_views", "bounce_rate", "avg_duration").stream()
                .map(Overview::bucket)
                .toList();
    }

    /** Makes quotients of what was summed. */
    private static Fields bucket(Fields sums) {
        long sessions = (Long) sums.get("sessions");
        return sums.with("bounce_rate", Rates.percent((Long) sums.get("bounce_rate"), sessions))
                .with("avg_duration", Math.round(Rates.mean((Long) sums.get("avg_duration"), sessions)));
    }

    private static void panels(Ask ask, Fields answer) {
        answer.with("sources", visits(ask, Dimension.SOURCE, 20))
                .with(
                        "pages",
                        ask.panel(
                                Dimension.PAGE,
                                20,
                                m -> Fields.of("views", m.get(0)).with("visitors", m.get(1)),
                                PAGE_VIEWS,
                                VISITORS))
                .with("entryPages", visits(ask, Dimension.ENTRY_PAGE, 10))
                .with("exitPages", exits(ask))
                .with("countries", counts(ask, Dimension.COUNTRY, 20))
                .with("cities", counts(ask, Dimension.CITY, 20))
                .with("browsers", counts(ask, Dimension.BROWSER, 10))
                .with("os", counts(ask, Dimension.OS, 10))
                .with("devices", counts(ask, Dimension.DEVICE, 10));
    }

    private static List<Fields> visits(Ask ask, Dimension dimension, int limit) {
        return ask.panel(
                dimension,
                limit,
                m -> Fields.of("sessions", m.get(0))
                        .with("visitors", m.get(1))
                        .with("bounce_rate", Rates.percent(m.get(2), m.get(0))),
                SESSIONS,
                VISITORS,
                BOUNCES);
    }

    private static List<Fields> exits(Ask ask) {
        return ask.panel(
                Dimension.EXIT_PAGE,
                10,
                m -> Fields.of("sessions", m.get(0)).with("visitors", m.get(1)),
                SESSIONS,
                VISITORS);
    }

    private static List<Fields> counts(Ask ask, Dimension dimension, int limit) {
        return ask.panel(
                dimension, limit, m -> Fields.of("count", m.get(0)).with("visitors", m.get(1)), SESSIONS, VISITORS);
    }
}
