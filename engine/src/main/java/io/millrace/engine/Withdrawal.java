package io.millrace.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What of a site's stored hits is to count no more, see {@link Engine#withdraw}: page views and custom events of a time, of some
 * visitors or of all, that every filter selects. Immutable.
 *
 * @param reason why they do not count, one of the {@code FILTERED_} counters
 * @param period of the hits' own times
 * @param visitors whose, by ids as sent or the 16 digits of a cookieless visitor, {@link #MOST_VISITORS} at most; empty: of all
 * @param filters by {@link Dimension#PAGE}, {@link Dimension#HOSTNAME} and {@link Dimension#COUNTRY}; none: all hits are meant
 */
public record Withdrawal(int siteId, Counter reason, Period period, Set<String> visitors, List<Filter> filters) {
    /** More in one would make its order long. */
    public static final int MOST_VISITORS = 1_000;

    private static final Set<Dimension> DIMENSIONS = EnumSet.of(Dimension.PAGE, Dimension.HOSTNAME, Dimension.COUNTRY);

    /** @throws IllegalArgumentException when it says something else, or would withdraw a whole site */
    public Withdrawal {
        visitors = Set.copyOf(visitors);
        filters = List.copyOf(filters);
        if (reason.group() != Counter.Group.FILTERED) {
            throw new IllegalArgumentException("not a reason: " + reason);
        }
        if (visitors.isEmpty() && filters.isEmpty() || visitors.size() > MOST_VISITORS) {
            throw new IllegalArgumentException("some visitors or a filter, and " + MOST_VISITORS + " at most");
        }
        for (Filter filter : filters) {
            if (!DIMENSIONS.contains(filter.dimension())) {
                throw new IllegalArgumentException("not to be withdrawn by: " + filter.dimension());
            }
        }
    }

    /** All that a visitor has done since an instant, UTC milliseconds. */
    public static Withdrawal of(int siteId, Counter reason, String visitor, long since) {
        return new Withdrawal(siteId, reason, new Period(since, Long.MAX_VALUE), Set.of(visitor), List.of());
    }

    /** All hits of a site that every filter selects. */
    public static Withdrawal of(int siteId, Counter reason, List<Filter> filters) {
        return new Withdrawal(siteId, reason, new Period(Long.MIN_VALUE, Long.MAX_VALUE), Set.of(), filters);
    }
}
