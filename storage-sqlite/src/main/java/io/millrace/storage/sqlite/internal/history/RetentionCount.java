package io.millrace.storage.sqlite.internal.history;

import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.scan.Gathering;
import io.millrace.storage.sqlite.internal.scan.Passage;
import io.millrace.storage.sqlite.internal.scan.Selection;
import io.millrace.storage.sqlite.internal.scan.TupleValues;
import io.millrace.storage.sqlite.internal.scan.VisitSelector;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** When some visitors came back. For one worker. */
public final class RetentionCount implements Passage.Worker {
    private final RetentionQuery query;
    private final Selection selection;
    private final Histories histories;
    private final long[] bounds;

    /** How many came in a span, by the span of their first visit. */
    private final long[][] came;

    /** The spans of the visitor at hand. */
    private final boolean[] in;

    private long visitors;
    private long cookieless;

    private RetentionCount(RetentionQuery query, Selection selection, IntsPool.Lease lease) {
        this.query = query;
        this.selection = selection;
        this.histories = new Histories(lease);
        this.bounds = query.bounds().stream().mapToLong(bound -> bound).toArray();
        this.came = new long[query.spans()][query.spans()];
        this.in = new boolean[query.spans()];
    }

    /** Answers a query, out of segments that hold every visit up to the last span once. */
    public static RetentionCounts run(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            RetentionQuery query,
            List<? extends Segment> segments)
            throws SQLException {
        Query like = Query.totals(query.siteId(), query.period(), ZoneOffset.UTC, Metric.SESSIONS)
                .where(query.filters());
        Selection selection = Selection.of(sql, tuples, like, List.of());
        List<RetentionCount> counted =
                Passage.share(pool, segments, lease -> new RetentionCount(query, selection, lease));
        counted.subList(1, counted.size()).forEach(counted.get(0)::add);
        return counted.get(0).counts();
    }

    @Override
    public Gathering gathering() {
        return histories;
    }

    @Override
    public VisitSelector selector(Segment segment) {
        return new RetentionSelector(segment, selection, bounds[query.spans()], histories);
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
            count(order, begin, end);
            begin = end;
        }
        histories.courtesy.offer();
    }

    private void count(int[] order, int begin, int end) {
        long first = Long.MAX_VALUE;
        boolean any = false;
        for (int o = begin; o < end; o++) {
            long start = histories.starts.get(order[o]);
            first = Math.min(first, start);
            any |= start >= bounds[0];
        }
        if (!any) {
            return;
        }
        visitors++;
        if (histories.identified.values[order[begin]] == 0) {
            cookieless++;
        } else if (first >= bounds[0]) {
            Arrays.fill(in, false);
            for (int o = begin; o < end; o++) {
                in[span(histories.starts.get(order[o]))] = true;
            }
            long[] cohort = came[span(first)];
            for (int span = 0; span < in.length; span++) {
                cohort[span] += in[span] ? 1 : 0;
            }
        }
    }

    private int span(long start) {
        int found = Arrays.binarySearch(bounds, start);
        return found >= 0 ? found : -found - 2;
    }

    /** Adds what another has counted, of other visitors. */
    private void add(RetentionCount other) {
        visitors += other.visitors;
        cookieless += other.cookieless;
        for (int first = 0; first < came.length; first++) {
            for (int span = 0; span < came.length; span++) {
                came[first][span] += other.came[first][span];
            }
        }
    }

    private RetentionCounts counts() {
        List<List<Long>> cohorts = IntStream.range(0, came.length)
                .mapToObj(first ->
                        Arrays.stream(came[first], first, came.length).boxed().toList())
                .toList();
        return new RetentionCounts(cohorts, visitors, cookieless);
    }
}
