package io.millrace.dashboard.internal.report;

import static io.millrace.engine.Metric.EVENTS;
import static io.millrace.engine.Metric.PAGE_VIEWS;
import static io.millrace.engine.Metric.VISITORS;

import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.engine.Filter;
import io.millrace.engine.Goal;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What visitors completed of the site's goals.
 *
 * @param visitors of all that is selected: what the rates are shares of
 */
record Goals(SiteHead site, PeriodHead period, long visitors, List<GoalRow> goals) {
    private static final Comparator<GoalRow> MOST_FIRST =
            Comparator.comparingLong((GoalRow row) -> -row.visitors()).thenComparing(GoalRow::name);

    /**
     * @param completions page views or events that complete it
     * @param rate its visitors, in percent of all
     */
    record GoalRow(int id, String name, long visitors, long completions, double rate) {
        static GoalRow of(Goal goal, Completions counted, long all) {
            return new GoalRow(
                    goal.id(),
                    goal.name(),
                    counted.visitors(),
                    counted.completions(),
                    Ratios.fine(counted.visitors(), all));
        }
    }

    /** What is counted of the hits that complete a goal. */
    record Completions(long visitors, long completions) {
        static final Metric[] METRICS = {VISITORS, PAGE_VIEWS, EVENTS};

        static Completions of(List<Long> metrics) {
            return new Completions(metrics.get(0), metrics.get(1) + metrics.get(2));
        }
    }

    static Goals of(ReportContext context) {
        long all = context.totals(context.period().current(), VISITORS).get(0);
        List<GoalRow> rows = context.engine().sites().goals(context.site().id()).stream()
                .map(goal -> GoalRow.of(goal, completions(context, goal), all))
                .sorted(MOST_FIRST)
                .toList();
        return new Goals(SiteHead.of(context.site()), PeriodHead.of(context.period()), all, rows);
    }

    /** What a goal is completed by, of what is selected. */
    private static Completions completions(ReportContext context, Goal goal) {
        return Completions.of(context.engine()
                .query(completing(context, context.filters(), goal))
                .rows()
                .get(0)
                .metrics());
    }

    /** Asks for what completes a goal of what filters select. */
    static Query completing(ReportContext context, List<Filter> filters, Goal goal) {
        List<Filter> all = new ArrayList<>(filters);
        all.addAll(SiteGoals.filters(goal));
        return context.query(context.period().current(), Completions.METRICS).where(all);
    }
}
