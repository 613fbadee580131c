package io.millrace.storage.sqlite.internal.history;

import com.google.common.base.Strings;
import io.millrace.engine.Attribute;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Metric;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Texts;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.SlotMap;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.scan.Gathering;
import io.millrace.storage.sqlite.internal.scan.Passage;
import io.millrace.storage.sqlite.internal.scan.Selection;
import io.millrace.storage.sqlite.internal.scan.TupleValues;
import io.millrace.storage.sqlite.internal.scan.VisitSelector;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How far some visitors get along the steps of a funnel. For one worker. */
public final class FunnelCount implements Passage.Worker {
    private static final long DAY_MILLIS = 86_400_000;

    private final FunnelQuery query;
    private final Selection selection;
    private final StepMarks.Tables tables;
    private final Histories histories;
    private final Way way;
    private final long[] visitors;
    private final Durations[] durations;
    private final SlotMap groups = new SlotMap();

    /** How many took each step, group by group. */
    private long[] visitorsOfGroups = new long[1 << 4];

    private long cookieless;

    private FunnelCount(FunnelQuery query, Selection selection, StepMarks.Tables tables, IntsPool.Lease lease) {
        int steps = query.steps().size();
        this.query = query;
        this.selection = selection;
        this.tables = tables;
        this.histories = new Histories(lease);
        this.way = new Way(steps, query.strict(), query.days() == 0 ? Long.MAX_VALUE : query.days() * DAY_MILLIS);
        this.visitors = new long[steps];
        this.durations =
                IntStream.range(0, steps).mapToObj(i -> new Durations()).toArray(Durations[]::new);
    }

    /** Answers a query, out of segments that hold every visit with a hit in the period once. */
    public static FunnelCounts run(
            StatementCache sql, TupleValues tuples, IntsPool pool, FunnelQuery query, List<? extends Segment> segments)
            throws SQLException {
        Query like = Query.totals(query.siteId(), query.period(), ZoneOffset.UTC, Metric.VISITORS)
                .where(query.filters());
        List<Filter> ofSteps = query.steps().stream().flatMap(List::stream).toList();
        Selection selection =
                Selection.of(sql, tuples, query.dimension() == null ? like : like.by(query.dimension(), 0), ofSteps);
        StepMarks.Tables tables = new StepMarks.Tables(query.steps(), selection.hitValuesEverywhere());
        List<FunnelCount> counted =
                Passage.share(pool, segments, lease -> new FunnelCount(query, selection, tables, lease));
        counted.subList(1, counted.size()).forEach(counted.get(0)::add);
        return counted.get(0).counts(sql);
    }

    @Override
    public Gathering gathering() {
        return histories;
    }

    @Override
    public VisitSelector selector(Segment segment) {
        return new FunnelSelector(segment, selection, query, tables, histories);
    }

    @Override
    public void count() {
        int[] order = histories.byVisitor();
        int[] visitor = histories.visitor.values;
        for (int begin = 0; begin < histories.visits(); ) {
            int end = begin + 1;
            while (end < histories.visits() && visitor[order[end]] == visitor[order[begin]]) {
                end++;
            }
            if (histories.identified.values[order[begin]] == 0) {
                cookieless++;
            } else {
                count(order, begin, end);
            }
            begin = end;
        }
        histories.courtesy.offer();
    }

    private void count(int[] order, int begin, int end) {
        histories.sort(order, begin, end);
        way.reset();
        if (query.days() > 0 && histories.overlap(order, begin, end)) {
            followByTime(order, begin, end);
        } else {
            for (int o = begin; o < end && !way.complete(); o++) {
                if (query.days() == 0) {
                    way.interrupt();
                }
                for (int hit = histories.begin(order[o]); hit < histories.end.values[order[o]]; hit++) {
                    follow(order[o], hit);
                }
            }
        }
        for (int step = 0; step < way.level(); step++) {
            visitors[step]++;
            if (step > 0) {
                durations[step].add((way.time(step) - way.time(step - 1)) / 1000);
            }
        }
        if (query.dimension() != null && way.level() > 0) {
            countInGroup();
        }
    }

    private void follow(int visit, int hit) {
        int value = !selection.visitColumns.isEmpty()
                ? histories.values.values[visit]
                : selection.hitValues.isEmpty() ? 0 : histories.hitValues.values[hit];
        way.hit(histories.times.get(hit), histories.steps.values[hit], value);
    }

    private void followByTime(int[] order, int begin, int end) {
        histories.byTime(order, begin, end).forEach(hit -> follow(hit.visit(), hit.place()));
    }

    private void countInGroup() {
        int begin = groups.slot(way.value()) * visitors.length;
        if (begin + visitors.length > visitorsOfGroups.length) {
            visitorsOfGroups = Arrays.copyOf(visitorsOfGroups, (begin + visitors.length) * 2);
        }
        for (int step = 0; step < way.level(); step++) {
            visitorsOfGroups[begin + step]++;
        }
    }

    /** Adds what another has counted, of other visitors. */
    private void add(FunnelCount other) {
        cookieless += other.cookieless;
        for (int step = 0; step < visitors.length; step++) {
            visitors[step] += other.visitors[step];
            durations[step].add(other.durations[step]);
        }
        for (int group = 0; group < other.groups.size(); group++) {
            int begin = groups.slot(other.groups.key(group)) * visitors.length;
            if (begin + visitors.length > visitorsOfGroups.length) {
                visitorsOfGroups = Arrays.copyOf(visitorsOfGroups, (begin + visitors.length) * 2);
            }
            for (int step = 0; step < visitors.length; step++) {
                visitorsOfGroups[begin + step] += other.visitorsOfGroups[group * visitors.length + step];
            }
        }
    }

    private FunnelCounts counts(StatementCache sql) throws SQLException {
        List<FunnelCounts.Step> steps = new ArrayList<>();
        for (int step = 0; step < visitors.length; step++) {
            steps.add(new FunnelCounts.Step(visitors[step], durations[step].sum(), durations[step].median()));
        }
        List<FunnelCounts.Row> rows = rows(sql);
        int shown = query.limit() == 0 ? rows.size() : Math.min(query.limit(), rows.size());
        return new FunnelCounts(steps, cookieless, rows.subList(0, shown), rows.size());
    }

    private List<FunnelCounts.Row> rows(StatementCache sql) throws SQLException {
        List<FunnelCounts.Row> rows = new ArrayList<>();
        IntFunction<String> names = names(sql, query.dimension());
        for (int group = 0; group < groups.size(); group++) {
            int begin = group * visitors.length;
            rows.add(new FunnelCounts.Row(
                    names.apply((int) groups.key(group)),
                    Arrays.stream(visitorsOfGroups, begin, begin + visitors.length)
                            .boxed()
                            .toList()));
        }
        rows.sort(Comparator.comparingLong(
                        (FunnelCounts.Row row) -> -row.visitors().get(0))
                .thenComparing(row -> Strings.nullToEmpty(row.value())));
        return rows;
    }

    private IntFunction<String> names(StatementCache sql, Attribute dimension) throws SQLException {
        if (dimension instanceof Property) {
            return selection.propertyValues::text;
        }
        Collection<Integer> numbers = IntStream.range(0, groups.size())
                .mapToObj(g -> (int) groups.key(g))
                .toList();
        return Texts.of(sql, numbers)::get;
    }
}
