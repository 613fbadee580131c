package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Attribute;
import io.millrace.engine.Filter;
import io.millrace.engine.Funnel;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Goal;
import io.millrace.engine.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far visitors get along the steps of a funnel. A link for a part of the site is not told what the steps are, which may lie
 * beyond.
 *
 * @param funnels which there are
 * @param funnel null: there is none
 * @param visitors of all that is selected
 * @param cookieless those of them who are left out, because a funnel over days needs the ids of clients
 * @param cookielessShare of all visitors, in percent
 * @param dimension whose values the rows are; null: there are none
 * @param rows values of those who took the first step, most first
 * @param total how many such values there are
 */
@Name("FunnelReport")
public record FunnelReport(
        SiteHead site,
        PeriodHead period,
        List<FunnelName> funnels,
        @Nullable FunnelHead funnel,
        long visitors,
        long cookieless,
        double cookielessShare,
        List<StepRow> steps,
        @Nullable String dimension,
        List<FunnelValue> rows,
        long total) {
    static final Input FUNNEL = Input.text("funnel", "Which funnel, by its id or name; absent: the first");
    static final Input DIMENSION = Input.text("dimension", "Whose values are the rows: what can be filtered by");
    private static final FunnelCounts NOTHING = new FunnelCounts(List.of(), 0, List.of(), 0);
    static final Input LIMIT = Input.whole("limit", 100, 1, 500, "How many rows at most");

    record FunnelName(int id, String name) {}

    /** A funnel as it was entered. */
    @Name("Funnel")
    public record FunnelHead(int id, String name, List<StepHead> steps, boolean strict, int days) {
        public static FunnelHead of(Funnel funnel, Collection<Goal> goals) {
            return new FunnelHead(
                    funnel.id(),
                    funnel.name(),
                    funnel.steps().stream()
                            .map(step -> StepHead.of(step, goals))
                            .toList(),
                    funnel.strict(),
                    funnel.days());
        }

        private static FunnelHead withoutSteps(Funnel funnel) {
            return new FunnelHead(funnel.id(), funnel.name(), List.of(), funnel.strict(), funnel.days());
        }
    }

    /**
     * @param name what the step is called
     * @param goal the id of the goal whose completion it is
     */
    @Name("FunnelStep")
    public record StepHead(
            String name,
            @Nullable String page,
            @Nullable String event,
            Map<String, String> props,
            @Nullable Integer goal) {
        static StepHead of(Funnel.Step step, Collection<Goal> goals) {
            return new StepHead(
                    name(step, goals),
                    step.page(),
                    step.event(),
                    step.props(),
                    step.goalId() == 0 ? null : step.goalId());
        }

        private static String name(Funnel.Step step, Collection<Goal> goals) {
            if (step.goalId() != 0) {
                Goal goal = step.goal(goals);
                return goal == null ? "goal " + step.goalId() : goal.name();
            }
            if (step.event() == null) {
                return step.page();
            }
            String props = step.props().isEmpty() ? "" : " " + new TreeMap<>(step.props());
            return step.event() + props + (step.page() == null ? "" : " " + step.page());
        }
    }

    /**
     * @param rate of those who took the first step, in percent
     * @param dropOff those who took the step before and not this one
     * @param dropOffRate of those who took the step before, in percent
     * @param averageSeconds since the step before; null: nobody, or the first step
     */
    @Name("FunnelStepRow")
    record StepRow(
            int step,
            String name,
            long visitors,
            double rate,
            long dropOff,
            double dropOffRate,
            @Nullable Long averageSeconds,
            @Nullable Long medianSeconds) {}

    /**
     * @param entered who took the first step
     * @param completed who took the last one
     * @param rate of those who entered, in percent
     * @param visitors who took each step
     */
    record FunnelValue(String name, long entered, long completed, double rate, List<Long> visitors) {
        private static FunnelValue of(FunnelCounts.Row row) {
            long entered = row.visitors().get(0);
            long completed = row.visitors().get(row.visitors().size() - 1);
            return new FunnelValue(
                    ReportContext.name(row.value()),
                    entered,
                    completed,
                    Ratios.fine(completed, entered),
                    row.visitors());
        }
    }

    static FunnelReport of(ReportContext context, Params params) {
        Collection<Funnel> funnels =
                context.engine().sites().funnels(context.site().id());
        Funnel funnel = chosen(funnels, params.one(FUNNEL.name()));
        String name = params.one(DIMENSION.name());
        Attribute dimension = name == null ? null : Filters.attribute(name, DIMENSION.name());
        FunnelCounts counts = funnel == null ? NOTHING : counts(context, context.filters(), funnel, null, 0);
        FunnelCounts byValue = funnel == null || dimension == null
                ? counts
                : counts(context, context.filters(dimension), funnel, dimension, params.number(LIMIT));
        Collection<Goal> goals = context.engine().sites().goals(context.site().id());
        long all = context.totals(context.period().current(), Metric.VISITORS).get(0);
        boolean shown = context.within().filters().isEmpty();
        return new FunnelReport(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                funnels.stream().map(f -> new FunnelName(f.id(), f.name())).toList(),
                funnel == null ? null : shown ? FunnelHead.of(funnel, goals) : FunnelHead.withoutSteps(funnel),
                all,
                counts.cookieless(),
                Ratios.fine(counts.cookieless(), all),
                funnel == null ? List.of() : steps(shown ? names(funnel, goals) : null, counts.steps()),
                name,
                byValue.rows().stream().map(FunnelValue::of).toList(),
                byValue.totalRows());
    }

    /** The funnel that is asked for, or the first; null: there is none. */
    private static Funnel chosen(Collection<Funnel> funnels, String asked) {
        if (asked == null) {
            return funnels.stream().findFirst().orElse(null);
        }
        return funnels.stream()
                .filter(f -> f.name().equals(asked) || Integer.toString(f.id()).equals(asked))
                .findAny()
                .orElseThrow(() -> ApiException.notFound("funnel"));
    }

    private static FunnelCounts counts(
            ReportContext context, List<Filter> filters, Funnel funnel, Attribute dimension, int limit) {
        Collection<Goal> goals = context.engine().sites().goals(context.site().id());
        List<List<Filter>> steps = new ArrayList<>();
        for (Funnel.Step step : funnel.steps()) {
            Goal goal = step.goal(goals);
            if (goal == null) {
                throw ApiException.conflict("a step of this funnel is a goal that the site no longer has", null);
            }
            steps.add(SiteGoals.filters(goal));
        }
        FunnelQuery query = new FunnelQuery(
                context.site().id(),
                context.period().current(),
                filters,
                steps,
                funnel.strict(),
                funnel.days(),
                dimension,
                limit);
        return ReportContext.counted(
                () -> context.reader().funnel(query), why -> ApiException.parameter(DIMENSION.name(), why));
    }

    private static List<String> names(Funnel funnel, Collection<Goal> goals) {
        return funnel.steps().stream().map(step -> StepHead.name(step, goals)).toList();
    }

    /** @param names of the steps; null: they are not told */
    private static List<StepRow> steps(List<String> names, List<FunnelCounts.Step> counts) {
        List<StepRow> rows = new ArrayList<>();
        long first = counts.get(0).visitors();
        long before = first;
        for (int i = 0; i < counts.size(); i++) {
            FunnelCounts.Step counted = counts.get(i);
            boolean timed = i > 0 && counted.visitors() > 0;
            rows.add(new StepRow(
                    i + 1,
                    names == null ? "step " + (i + 1) : names.get(i),
                    counted.visitors(),
                    Ratios.fine(counted.visitors(), first),
                    before - counted.visitors(),
                    Ratios.fine(before - counted.visitors(), before),
                    timed ? (Long) Math.round(Ratios.mean(counted.seconds(), counted.visitors())) : null,
                    timed ? (Long) counted.median() : null));
            before = counted.visitors();
        }
        return rows;
    }
}
