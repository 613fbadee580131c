package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.engine.Dimension;
import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who comes back, by the time of the first visit. Spans of time that the period touches are taken whole.
 *
 * @param visitors who started a visit in these spans
 * @param cookieless those of them who are left out, because to know who comes back needs the ids of clients
 * @param cookielessShare of all visitors, in percent
 * @param rows each cohort, and what became of it
 */
@Name("Retention")
record RetentionReport(
        SiteHead site,
        PeriodHead period,
        String unit,
        long visitors,
        long cookieless,
        double cookielessShare,
        List<CohortRow> rows) {
    static final Input UNIT = Input.choice("unit", List.of("day", "week", "month"), "How long a span of time is")
            .or("week");

    /**
     * What became of a cohort.
     *
     * @param cohort the span in which the first visits started: a date, that of the Monday, or year and month
     * @param visitors how many they are
     * @param after how many spans later; 0: the same
     * @param returned who of them started a visit then
     * @param rate those in percent
     */
    @Name("RetentionRow")
    record CohortRow(String cohort, long visitors, int after, long returned, double rate) {}

    static RetentionReport of(ReportContext asked, Params params) {
        String unit = params.choice(UNIT);
        ReportContext context = asked.settled();
        ResolvedPeriod spans = context.period().by(Dimension.valueOf(unit.toUpperCase(Locale.ROOT)));
        List<String> labels = new ArrayList<>(spans.labels(List.of()));
        if (labels.isEmpty()) {
            labels.add(spans.label(context.period().current().from()));
        }
        if (labels.size() > RetentionQuery.MOST_SPANS) {
            throw ApiException.parameter(
                    UNIT.name(), "the period has more than " + RetentionQuery.MOST_SPANS + " of them");
        }
        RetentionCounts counts = context.reader()
                .retention(new RetentionQuery(context.site().id(), context.filters(), spans.bounds(labels)));
        return new RetentionReport(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                unit,
                counts.visitors(),
                counts.cookieless(),
                Ratios.fine(counts.cookieless(), counts.visitors()),
                rows(labels, counts));
    }

    private static List<CohortRow> rows(List<String> labels, RetentionCounts counts) {
        List<CohortRow> rows = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            List<Long> came = counts.cohorts().get(i);
            for (int after = 0; after < came.size(); after++) {
                double rate = Ratios.fine(came.get(after), came.get(0));
                rows.add(new CohortRow(labels.get(i), came.get(0), after, came.get(after), rate));
            }
        }
        return rows;
    }
}
