package io.millrace.engine;

import java.time.ZoneId;
import java.util.List;

/**
 * Asks for the affiliate visits of a period, by their own time. The answer is a {@link Report} whose rows have two
 * metrics, visits and distinct visitors, and one value, unless the grouping is {@link Group#ALL}. Immutable.
 *
 * @param affiliateId only this one's, or 0: those of all affiliates that there are now
 * @param zone what the time groups mean
 * @param filters the affiliate visit's visit has one hit, at any time, that all of these select
 * @param limit at most this many rows; 0: all
 */
public record AffiliateQuery(
        int siteId, int affiliateId, Period period, ZoneId zone, Group group, List<Filter> filters, int limit) {
    public AffiliateQuery {
        filters = List.copyOf(filters);
    }

    /** What makes a row. */
    public enum Group {
        /** One row, always. */
        ALL,
        /** By the affiliate's id, in decimal; most visits first, ties by id. */
        AFFILIATE,
        /** By the path on which the visitor landed; most visits first, ties by path. */
        LANDING_PAGE,
        /** As {@link Dimension#MINUTE}, ascending. */
        MINUTE,
        /** As {@link Dimension#HOUR}, ascending. */
        HOUR,
        /** As {@link Dimension#DAY}, ascending. */
        DAY,
        /** As {@link Dimension#WEEK}, ascending. */
        WEEK,
        /** As {@link Dimension#MONTH}, ascending. */
        MONTH
    }
}
