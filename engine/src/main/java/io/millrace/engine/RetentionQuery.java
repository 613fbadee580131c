package io.millrace.engine;

import java.util.List;

/**
 * Asks when visitors come back. Only visits are looked at that have, at any time, a hit that the filters select, as though there
 * were no others. Immutable.
 *
 * @param bounds ascending instants, UTC milliseconds, at which spans of time begin, and the one at which the last span ends
 */
public record RetentionQuery(int siteId, List<Filter> filters, List<Long> bounds) {
    /** So many spans at most. */
    public static final int MOST_SPANS = 60;

    public RetentionQuery {
        filters = List.copyOf(filters);
        bounds = List.copyOf(bounds);
        if (bounds.size() < 2 || bounds.size() > MOST_SPANS + 1) {
            throw new IllegalArgumentException("1 to " + MOST_SPANS + " spans of time");
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i) <= bounds.get(i - 1)) {
                throw new IllegalArgumentException("spans of time ascend");
            }
        }
    }

    /** How many spans there are. */
    public int spans() {
        return bounds.size() - 1;
    }

    /** From the first span to the last. */
    public Period period() {
        return new Period(bounds.get(0), bounds.get(spans()));
    }
}
