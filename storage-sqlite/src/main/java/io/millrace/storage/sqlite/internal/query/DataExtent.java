package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The time that a site has figures of.
 *
 * @param from UTC milliseconds, begin of a quarter of an hour
 * @param to UTC milliseconds, end of a quarter of an hour; where it is not after {@code from} there are none
 */
record DataExtent(long from, long to) {

    static DataExtent of(StatementCache sql, int siteId) throws SQLException {
        return sql.first(
                null,
                "SELECT (SELECT min(quarter) FROM quarter_stats WHERE site_id = ?1),"
                        + " (SELECT max(quarter) FROM quarter_stats WHERE site_id = ?1)",
                row -> {
                    int last = row.getInt(2);
                    return row.wasNull()
                            ? new DataExtent(0, 0)
                            : new DataExtent(Quarters.start(row.getInt(1)), Quarters.start(last + 1));
                },
                siteId);
    }

    /** The part of a period that there are figures of. */
    Period clip(Period period) {
        long begin = Math.max(period.from(), from);
        return new Period(begin, Math.max(begin, Math.min(period.to(), to)));
    }

    /**
     * The days that make up a period; absent when it begins or ends within one that may have hits on both sides of the cut.
     *
     * @param complete the first day of which there is more than roll-ups
     */
    Optional<DaySpan> days(StatementCache sql, Site site, Period period, int complete) throws SQLException {
        Period clipped = clip(period);
        if (clipped.from() == clipped.to()) {
            return Optional.of(DaySpan.NONE);
        }
        int first = site.dayOf(clipped.from());
        int last = site.dayOf(clipped.to() - 1);
        boolean whole = (first < complete || nothingWithin(sql, site, site.startOfDay(first), period.from()))
                && (last < complete || nothingWithin(sql, site, period.to(), site.startOfDay(last + 1)));
        return whole ? Optional.of(new DaySpan(first, last)) : Optional.empty();
    }

    /** Whether the quarters of an hour that such a time touches have no hits. */
    private static boolean nothingWithin(StatementCache sql, Site site, long from, long to) throws SQLException {
        return from >= to
                || sql.number(
                                0,
                                "SELECT 1 FROM quarter_stats WHERE site_id = ? AND quarter BETWEEN ? AND ?"
                                        + " AND page_views + events > 0 LIMIT 1",
                                site.id(),
                                Quarters.of(from),
                                Quarters.of(to - 1))
                        == 0;
    }
}
