package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers queries of one site, period, zone and filters together, out of segments that hold every visit with a hit or its
 * start in the period once. Its memory does not grow with the period: it goes through the visitors a range at a time.
 */
public final class Scan {
    private final IntsPool pool;
    private final StatementCache sql;
    private final Selection selection;
    private final Collection<Query> queries;
    private final List<? extends Segment> segments;
    private final IntPredicate named;

    private Scan(
            StatementCache sql,
            Selection selection,
            IntsPool pool,
            Collection<Query> queries,
            List<? extends Segment> segments,
            IntPredicate named) {
        this.sql = sql;
        this.selection = selection;
        this.pool = pool;
        this.queries = queries;
        this.segments = segments;
        this.named = named;
    }

    /** @param queries all of the same site, period, zone and filters */
    public static Map<Query, Report> run(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            Collection<Query> queries,
            List<? extends Segment> segments)
            throws SQLException {
        Scan scan = new Scan(sql, Selection.of(sql, tuples, queries), pool, queries, segments, null);
        Map<Query, Report> reports = new LinkedHashMap<>();
        for (QueryCount count : scan.count()) {
            reports.put(count.query, scan.report(count));
        }
        return reports;
    }

    /**
     * What is counted of one value.
     *
     * @param metrics by the metric's ordinal
     * @param visitors who they are; empty where that was not asked for; not to be changed
     */
    public record Counted(long[] metrics, RoaringBitmap visitors) {
        public long metric(Metric metric) {
            return metrics[metric.ordinal()];
        }
    }

    /**
     * Answers a query by one dimension or none, to be put together with what else is known.
     *
     * @param named of which numbers the visitors are asked for by name
     * @return by the number of the value's text; 0 where there is no dimension
     */
    public static Map<Integer, Counted> byNumber(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            Query query,
            List<? extends Segment> segments,
            IntPredicate named)
            throws SQLException {
        List<Query> queries = List.of(query);
        Scan scan = new Scan(sql, Selection.of(sql, tuples, queries), pool, queries, segments, named);
        return scan.count().get(0).byNumber(Counted::new);
    }

    private List<QueryCount> count() throws SQLException {
        List<Counting> counted = Passage.share(pool, selection, segments, Counting::new);
        List<QueryCount> counts = counted.get(0).counts();
        for (Counting other : counted.subList(1, counted.size())) {
            List<QueryCount> more = other.counts();
            for (int i = 0; i < counts.size(); i++) {
                counts.get(i).add(more.get(i));
            }
        }
        return counts;
    }

    /** What one worker counts. */
    private final class Counting implements Passage.Step {
        private final List<QueryCount> counts =
                queries.stream().map(q -> new QueryCount(q, selection, named)).toList();
        private final Map<Integer, ColumnSums> columns;
        private final Ints slotsOfParts;

        Counting(IntsPool.Lease lease) {
            columns = columns(counts, lease);
            slotsOfParts = lease.take();
        }

        @Override
        public void take(Gathered gathered) {
            int[] order = gathered.byVisitor();
            gathered.orderVisitors(order);
            columns.values().forEach(column -> column.count(gathered));
            for (QueryCount count : counts) {
                if (count.column() != null) {
                    count.countVisitors(gathered, columns.get(count.column()));
                } else if (count.byParts()) {
                    count.countParts(gathered, slotsOfParts);
                } else {
                    count.count(gathered, order);
                }
                gathered.courtesy.offer();
            }
        }

        List<QueryCount> counts() {
            counts.stream()
                    .filter(count -> count.column() != null)
                    .forEach(count -> count.addSums(columns.get(count.column())));
            return counts;
        }
    }

    private static Map<Integer, ColumnSums> columns(List<QueryCount> counts, IntsPool.Lease lease) {
        Map<Integer, Set<Metric>> metrics = new HashMap<>();
        for (QueryCount count : counts) {
            if (count.column() != null) {
                metrics.computeIfAbsent(count.column(), c -> EnumSet.noneOf(Metric.class))
                        .addAll(count.query.metrics());
            }
        }
        Map<Integer, ColumnSums> columns = new HashMap<>();
        metrics.forEach((column, asked) -> columns.put(column, new ColumnSums(column, asked, lease)));
        return columns;
    }

    private Report report(QueryCount count) throws SQLException {
        return new Report(new Ranking(sql, count, selection.propertyValues).rows(), count.groups());
    }
}
