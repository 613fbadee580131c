package io.millrace.dashboard.internal.report;

import static io.millrace.engine.Metric.VISITORS;

import com.google.common.base.Strings;
import io.millrace.dashboard.internal.answer.Ratios;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.report.Goals.Completions;
import io.millrace.dashboard.internal.report.Goals.GoalRow;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.engine.Attribute;
import io.millrace.engine.Filter;
import io.millrace.engine.Goal;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One goal by the values of a dimension.
 *
 * @param visitors of all that is selected
 * @param rows values with which it was completed, most visitors first
 * @param total how many such values there are
 */
@Name("Goal")
record GoalReport(
        SiteHead site,
        PeriodHead period,
        GoalRow goal,
        long visitors,
        String dimension,
        List<GoalValue> rows,
        long total,
        boolean approximate) {
    static final Input GOAL =
            Input.whole("id", 1, Integer.MAX_VALUE, "Which goal").must();
    static final Input DIMENSION =
            Input.text("dimension", "Whose values are the rows: what can be filtered by; absent: source");
    static final Input LIMIT = Input.whole("limit", 100, 1, 500, "How many rows at most");

    /**
     * @param all visitors with this value, whether they completed the goal or not
     * @param rate of them who completed it, in percent
     */
    record GoalValue(String name, long visitors, long completions, long all, double rate) {}

    static GoalReport of(ReportContext context, Params params) {
        Goal goal = context.engine().sites().goal(context.site().id(), params.number(GOAL));
        if (goal == null) {
            throw ApiException.notFound("goal");
        }
        String name = params.has(DIMENSION.name()) ? params.one(DIMENSION.name()) : "source";
        Attribute dimension = Filters.attribute(name, DIMENSION.name());
        List<Filter> filters = context.filters(dimension);
        Query byValue = Goals.completing(context, filters, goal)
                .by(dimension, params.number(LIMIT))
                .from(params.number(ReportFormat.OFFSET));
        Query completing = Goals.completing(context, context.filters(), goal);
        List<Report> counted = ReportContext.counted(
                () -> context.engine().query(List.of(byValue, completing)),
                why -> ApiException.parameter(DIMENSION.name(), why));
        Report completed = counted.get(0);
        Report visitors = visitors(context, dimension, filters, completed.rows());
        long all = context.totals(context.period().current(), VISITORS).get(0);
        return new GoalReport(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                GoalRow.of(goal, Completions.of(counted.get(1).rows().get(0).metrics()), all),
                all,
                name,
                values(completed.rows(), visitors.rows()),
                completed.totalRows(),
                completed.approximate() || visitors.approximate());
    }

    private static List<GoalValue> values(List<Report.Row> completed, List<Report.Row> visitors) {
        Map<String, Long> byValue = new HashMap<>();
        visitors.forEach(row -> byValue.put(row.values().get(0), row.metrics().get(0)));
        List<GoalValue> values = new ArrayList<>();
        for (Report.Row row : completed) {
            String value = row.values().get(0);
            Completions counted = Completions.of(row.metrics());
            long all = Math.max(byValue.getOrDefault(value, 0L), counted.visitors()); // asked a moment later
            values.add(new GoalValue(
                    ReportContext.name(value),
                    counted.visitors(),
                    counted.completions(),
                    all,
                    Ratios.fine(counted.visitors(), all)));
        }
        return values;
    }

    /** All visitors by value: of paths and hosts, of which there may be many, with those of these rows alone. */
    private static Report visitors(
            ReportContext context, Attribute dimension, List<Filter> filters, List<Report.Row> rows) {
        List<Filter> ofRows = new ArrayList<>(filters);
        if (dimension.kind() == Attribute.Kind.HIT && !dimension.ofEvents()) {
            List<String> patterns = rows.stream()
                    .map(row -> Filter.exactly(Strings.nullToEmpty(row.values().get(0))))
                    .toList();
            ofRows.add(new Filter(dimension, false, patterns));
        }
        return context.engine()
                .query(context.query(context.period().current(), VISITORS)
                        .where(ofRows)
                        .by(dimension, 0));
    }
}
