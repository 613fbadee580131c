package io.millrace.engine;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;

/**
 * Metrics by dimensions over a period. Totals have no dimension, a series has a time dimension, a breakdown another.
 * Immutable.
 *
 * <p>The filters, all of which one hit (page view or custom event) must pass, select hits; every metric is counted over
 * the selected hits and their visits, so no figure changes its meaning when a filter is added. Attributes of a visit are
 * those of its latest state.
 *
 * @param zone what the time dimensions mean; a site's own zone is answered fastest
 * @param dimensions none, one, or several
 * @param order how the rows are ordered, by metrics that are asked for; null: by the values of the dimensions
 * @param limit at most this many rows; 0: all
 */
public record Query(
        int siteId,
        Period period,
        ZoneId zone,
        List<Metric> metrics,
        List<Attribute> dimensions,
        List<Filter> filters,
        Order order,
        int limit,
        int offset) {
    public Query {
        metrics = List.copyOf(metrics);
        dimensions = List.copyOf(dimensions);
        filters = List.copyOf(filters);
        order = order == null ? Order.VALUES : order;
        if (order.byMetric() && !metrics.contains(order.metric())
                || order.per() != null && !metrics.contains(order.per())) {
            throw new IllegalArgumentException("cannot order by what is not asked for: " + order);
        }
        if (dimensions.stream().anyMatch(Condition.class::isInstance)) {
            throw new IllegalArgumentException("cannot break down by " + dimensions);
        }
    }

    /** Totals of a period. */
    public static Query totals(int siteId, Period period, ZoneId zone, Metric... metrics) {
        return new Query(siteId, period, zone, List.of(metrics), List.of(), List.of(), null, 0, 0);
    }

    /** The same by a dimension; the first metric orders the rows, time orders itself. */
    public Query by(Attribute dimension, int limit) {
        Order order = dimension.kind() == Attribute.Kind.TIME ? null : Order.most(metrics.get(0));
        return new Query(siteId, period, zone, metrics, List.of(dimension), filters, order, limit, 0);
    }

    /** The same from a row on. */
    public Query from(int row) {
        return new Query(siteId, period, zone, metrics, dimensions, filters, order, limit, row);
    }

    /** All rows, by their values, with what of these metrics is asked for. */
    public Query only(Collection<Metric> some) {
        List<Metric> asked = metrics.stream().filter(some::contains).toList();
        return new Query(siteId, period, zone, asked, dimensions, filters, Order.VALUES, 0, 0);
    }

    /** The same of what these filters select. */
    public Query where(List<Filter> filters) {
        return new Query(siteId, period, zone, metrics, dimensions, filters, order, limit, offset);
    }
}
