package io.millrace.engine;

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

    /** An exact one. */
    public Report(List<Row> rows, int totalRows) {
        this(rows, totalRows, false);
    }

    /**
     * One group.
     *
     * @param values one for each dimension of the query; null: absent
     * @param metrics one for each metric of the query
     */
    public record Row(List<String> values, List<Long> metrics) {}
}
