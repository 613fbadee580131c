package io.millrace.engine;

import java.util.function.ToLongFunction;

/**
 * How the rows of a report are ordered; those that are alike in it are ordered by their values, ascending. Immutable.
 *
 * @param metric what is counted; null: the values of the dimensions themselves
 * @param per what it is divided by, where an average or a share orders, which is 0 of nothing; null: nothing
 * @param ascending whether the least comes first
 */
public record Order(Metric metric, Metric per, boolean ascending) {
    /** By the values of the dimensions, ascending. */
    public static final Order VALUES = new Order(null, null, true);

    /** The greatest of a metric first. */
    public static Order most(Metric metric) {
        return new Order(metric, null, false);
    }

    /** Whether a metric comes before the values. */
    public boolean byMetric() {
        return metric != null;
    }

    /**
     * What rows are ordered by before their values: the greater the earlier, whether ascending or not.
     *
     * @param metrics what a row has of a metric
     */
    public double rank(ToLongFunction<Metric> metrics) {
        if (metric == null) {
            return 0;
        }
        long parts = per == null ? 1 : metrics.applyAsLong(per);
        double value = parts == 0 ? 0 : (double) metrics.applyAsLong(metric) / parts;
        return ascending ? 0 - value : value;
    }

    /** What is left to order rows of the same rank: 1 by their values upwards, -1 downwards. */
    public int direction() {
        return metric == null && !ascending ? -1 : 1;
    }
}
