package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
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
        Query query = count.query;
        boolean byMetric = query.orderBy() != null && query.metrics().contains(query.orderBy());
        List<QueryCount.Group> groups = byMetric
                ? count.groups(query.orderBy(), least(count.metric(query.orderBy()), query))
                : count.groups(null, 0);
        List<IntFunction<String>> names = names(query, groups);
        groups.sort(order(query, byMetric, names));
        int from = Math.min(query.offset(), groups.size());
        int to = query.limit() == 0 ? groups.size() : (int) Math.min((long) from + query.limit(), groups.size());
        List<Report.Row> rows = new ArrayList<>();
        for (QueryCount.Group group : groups.subList(from, to)) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < group.values().length; i++) {
                values.add(names.get(i).apply(group.values()[i]));
            }
            rows.add(new Report.Row(
                    values, Arrays.stream(group.metrics()).boxed().toList()));
        }
        return new Report(List.copyOf(rows), count.groups());
    }

    /** What a group must have at least to be among the rows that are asked for. */
    private static long least(long[] metric, Query query) {
        long wanted = (long) query.offset() + query.limit();
        if (query.limit() == 0 || metric.length <= wanted) {
            return Long.MIN_VALUE;
        }
        Arrays.sort(metric);
        return metric[(int) (metric.length - wanted)];
    }

    private static boolean time(Attribute dimension) {
        return dimension.kind() == Attribute.Kind.TIME;
    }

    /** What the values of each dimension are called. */
    private List<IntFunction<String>> names(Query query, List<QueryCount.Group> groups) throws SQLException {
        Map<Integer, String> texts = texts(query, groups);
        List<IntFunction<String>> names = new ArrayList<>();
        for (Attribute dimension : query.dimensions()) {
            names.add(
                    time(dimension)
                            ? bucket -> TimeBuckets.name((Dimension) dimension, bucket)
                            : dimension instanceof Property ? selection.propertyValues::text : texts::get);
        }
        return names;
    }

    private static Comparator<QueryCount.Group> order(Query query, boolean byMetric, List<IntFunction<String>> names) {
        int metric = byMetric ? query.metrics().indexOf(query.orderBy()) : -1;
        return (a, b) -> {
            int order = byMetric ? Long.compare(b.metrics()[metric], a.metrics()[metric]) : 0;
            for (int i = 0; order == 0 && i < a.values().length; i++) {
                order = time(query.dimensions().get(i))
                        ? Integer.compare(a.values()[i], b.values()[i])
                        : text(names.get(i), a.values()[i]).compareTo(text(names.get(i), b.values()[i]));
            }
            return order;
        };
    }

    private static String text(IntFunction<String> names, int number) {
        String text = names.apply(number);
        return text == null ? "" : text;
    }

    private Map<Integer, String> texts(Query query, List<QueryCount.Group> groups) throws SQLException {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < query.dimensions().size(); i++) {
            if (!time(query.dimensions().get(i)) && !(query.dimensions().get(i) instanceof Property)) {
                for (QueryCount.Group group : groups) {
                    numbers.add(group.values()[i]);
                }
            }
        }
        return texts(sql, numbers);
    }

    /** The texts of the dictionary with these numbers. */
    public static Map<Integer, String> texts(StatementCache sql, Collection<Integer> numbers) throws SQLException {
        Map<Integer, String> texts = new HashMap<>();
        try (ResultSet rows = sql.bind(
                        "SELECT id, text FROM texts WHERE id IN (SELECT value FROM json_each(?))",
                        SqlJson.array(numbers))
                .executeQuery()) {
            while (rows.next()) {
                texts.put(rows.getInt(1), rows.getString(2));
            }
        }
        return texts;
    }
}
