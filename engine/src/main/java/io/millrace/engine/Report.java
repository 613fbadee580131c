package io.millrace.engine;

import com.google.common.base.Strings;
import com.google.common.collect.Comparators;
import java.util.Comparator;
import java.util.List;

/**
 * The answer to a query. Immutable.
 *
 * @param rows in the order asked for; a query without dimensions has exactly one row; groups without any hit are absent
 * @param totalRows how many rows there were before limit and offset
 * @param approximate whether small values are missing among the rows because they were put together as {@code (other)} on a
 *     day with too many of them
 */
public record Report(List<Row> rows, int totalRows, boolean approximate) {
    private static final Comparator<String> ABSENT_AS_EMPTY = Comparator.comparing(Strings::nullToEmpty);

    /** An exact one. */
    public Report(List<Row> rows, int totalRows) {
        this(rows, totalRows, false);
    }

    /**
     * The answer out of all rows that there are.
     *
     * @param rows in any order
     */
    public static Report of(Query query, List<Row> rows, boolean approximate) {
        Comparator<Row> byValues = Comparator.comparing(Row::values, Comparators.lexicographical(ABSENT_AS_EMPTY));
        Comparator<Row> order = Comparator.<Row>comparingDouble(row -> -query.order()
                        .rank(m -> row.metrics().get(query.metrics().indexOf(m))))
                .thenComparing(query.order().direction() < 0 ? byValues.reversed() : byValues);
        List<Row> asked = rows.stream()
                .sorted(order)
                .skip(query.offset())
                .limit(query.limit() == 0 ? Long.MAX_VALUE : query.limit())
                .toList();
        return new Report(asked, rows.size(), approximate);
    }

    /**
     * One group.
     *
     * @param values one for each dimension of the query; null: absent
     * @param metrics one for each metric of the query
     */
    public record Row(List<String> values, List<Long> metrics) {}
}
