package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Texts;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The rows of a report in order, out of the groups of a query. However many groups are alike in what orders them, it holds the texts
 * of a few at a time beside those of the rows up to the last one that is asked for. For one thread.
 */
final class Ranking {
    private static final int FEW = 1 << 12;

    private final StatementCache sql;
    private final QueryCount count;
    private final PropertyValues properties;
    private final Query query;

    Ranking(StatementCache sql, QueryCount count, PropertyValues properties) {
        this.sql = sql;
        this.count = count;
        this.properties = properties;
        this.query = count.query;
    }

    /** A group with the texts of its values. */
    private record Ranked(double rank, QueryCount.Group group, List<String> values) {}

    /** Those that the query asks for. */
    List<Report.Row> rows() throws SQLException {
        double[] ranks = count.ranks();
        long end = (long) query.offset() + query.limit();
        int wanted = query.limit() == 0 ? ranks.length : (int) Math.min(end, ranks.length);
        List<Ranked> first = new ArrayList<>(first(ranks, wanted));
        first.sort(order());
        return first.subList(Math.min(query.offset(), first.size()), first.size()).stream()
                .map(r -> new Report.Row(
                        r.values(), Arrays.stream(r.group().metrics()).boxed().toList()))
                .toList();
    }

    /** As many as are wanted, in any order. */
    private Collection<Ranked> first(double[] ranks, int wanted) throws SQLException {
        double least = least(ranks, wanted);
        PriorityQueue<Ranked> first = new PriorityQueue<>(order().reversed());
        List<Integer> few = new ArrayList<>();
        for (int g = 0; g < ranks.length; g++) {
            if (ranks[g] >= least) {
                few.add(g);
            }
            if (few.size() == FEW || g == ranks.length - 1) {
                for (Ranked one : named(few, ranks)) {
                    first.add(one);
                    if (first.size() > wanted) {
                        first.remove();
                    }
                }
                few.clear();
            }
        }
        return first;
    }

    /** What a group must be ranked by at least to be among the first so many. */
    private static double least(double[] ranks, int wanted) {
        if (wanted == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - wanted];
    }

    private List<Ranked> named(List<Integer> numbers, double[] ranks) throws SQLException {
        List<QueryCount.Group> groups = numbers.stream().map(count::group).toList();
        Map<Integer, String> texts = texts(groups);
        List<Ranked> named = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            named.add(new Ranked(ranks[numbers.get(i)], groups.get(i), values(groups.get(i), texts)));
        }
        return named;
    }

    private Map<Integer, String> texts(List<QueryCount.Group> groups) throws SQLException {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < query.dimensions().size(); i++) {
            Attribute dimension = query.dimensions().get(i);
            if (!time(dimension) && !(dimension instanceof Property)) {
                for (QueryCount.Group group : groups) {
                    numbers.add(group.values()[i]);
                }
            }
        }
        return numbers.isEmpty() ? Map.of() : Texts.of(sql, numbers);
    }

    private List<String> values(QueryCount.Group group, Map<Integer, String> texts) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < group.values().length; i++) {
            Attribute dimension = query.dimensions().get(i);
            int number = group.values()[i];
            values.add(
                    time(dimension)
                            ? TimeBuckets.name((Dimension) dimension, number)
                            : dimension instanceof Property ? properties.text(number) : texts.get(number));
        }
        return values;
    }

    private static boolean time(Attribute dimension) {
        return dimension.kind() == Attribute.Kind.TIME;
    }

    private Comparator<Ranked> order() {
        int direction = query.order().direction();
        return (a, b) -> {
            int order = Double.compare(b.rank, a.rank);
            for (int i = 0; order == 0 && i < a.values.size(); i++) {
                order = direction
                        * (time(query.dimensions().get(i))
                                ? Integer.compare(a.group.values()[i], b.group.values()[i])
                                : text(a.values.get(i)).compareTo(text(b.values.get(i))));
            }
            return order;
        };
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
