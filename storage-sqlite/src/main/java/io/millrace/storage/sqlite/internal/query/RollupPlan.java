package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.Set;

/** Which roll-ups can answer a query. Pure functions. */
final class RollupPlan {

    /** Where an answer comes from. */
    enum Way {
        /** Days, quarters and the visits at the edges: totals and series. */
        SERIES,
        /** Day by dimension: breakdowns, over whole days. */
        VALUES,
        /** Neither. */
        VISITS
    }

    private static final Set<Metric> OF_HITS = EnumSet.of(Metric.VISITORS, Metric.PAGE_VIEWS, Metric.EVENTS);

    private RollupPlan() {}

    static Way of(Query query) {
        if (!query.filters().isEmpty()
                || query.dimensions().size() > 1
                || !Totals.METRICS.containsAll(query.metrics())) {
            return Way.VISITS;
        }
        if (query.dimensions().isEmpty()) {
            return Way.SERIES;
        }
        Attribute dimension = query.dimensions().get(0);
        if (dimension.kind() == Attribute.Kind.TIME) {
            return dimension != Dimension.MINUTE && ofQuarters(query) ? Way.SERIES : Way.VISITS;
        }
        return RollupDimension.of(dimension)
                .filter(d -> d.ofVisit() || OF_HITS.containsAll(query.metrics()))
                .map(d -> Way.VALUES)
                .orElse(Way.VISITS);
    }

    /** Whether the buckets of the query's zone begin at quarters of an hour of UTC, as they do everywhere today. */
    private static boolean ofQuarters(Query query) {
        ZoneId zone = query.zone();
        Instant at = Instant.ofEpochMilli(Math.max(query.period().from(), 0));
        Instant end = Instant.ofEpochMilli(query.period().to());
        boolean whole = whole(zone.getRules().getOffset(at).getTotalSeconds());
        for (ZoneOffsetTransition t = zone.getRules().nextTransition(at);
                whole
                        && t != null
                        && t.getInstant().isBefore(end)
                        && t.getInstant().isBefore(TimeBuckets.LAST_TRANSITION);
                t = zone.getRules().nextTransition(t.getInstant())) {
            whole = whole(t.getOffsetAfter().getTotalSeconds());
        }
        return whole;
    }

    private static boolean whole(int offsetSeconds) {
        return offsetSeconds * 1000L % Quarters.MILLIS == 0;
    }
}
