package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.calendar.TimeSlots;
import java.util.List;

/**
 * Where hits come from in a statement: always called h, their visit s. Pure functions.
 *
 * @param period of the hits
 * @param filters what selects them
 * @param offsets how far hits lie from the start of their visit
 */
public record HitSource(int siteId, Period period, List<Filter> filters, HitOffsets offsets) {
    /** Page views of periods shorter than this are found by time; of longer ones by their visits, which lie together. */
    private static final long BY_TIME_MILLIS = 6 * 3_600_000L;

    /** Far outside of anything stored, far inside of what a long can add to. */
    private static final long END_OF_TIME = 1L << 52;

    public HitSource {
        period = new Period(
                Math.max(-END_OF_TIME, Math.min(END_OF_TIME, period.from())),
                Math.max(-END_OF_TIME, Math.min(END_OF_TIME, period.to())));
    }

    /** The rows of a table of hits as h; page views get the name of an event, which they lack. */
    public static String hit(boolean pages) {
        return pages ? hit("page_views") : "events h";
    }

    private static String hit(String pageViews) {
        return "(SELECT session_id, n, site_id, time, path_id, host_id, title_id, 0 AS name_id, NULL AS props FROM "
                + pageViews + ") h";
    }

    /** {@code FROM} and {@code WHERE} of the selected hits of the period, with more joins between. */
    public Sql hits(boolean pages, String joins) {
        boolean byTime = !pages || period.to() - period.from() < BY_TIME_MILLIS;
        Sql sql = byTime ? byTime(pages, joins) : byVisit(joins);
        return sql.add(" AND h.time >= ? AND h.time < ?", period.from(), period.to())
                .add(FilterSql.and(filters));
    }

    private Sql byTime(boolean pages, String joins) {
        return new Sql()
                .add(" FROM "
                        + (pages
                                ? hit("page_views INDEXED BY page_views_by_time")
                                : "events h INDEXED BY events_by_time")
                        + " CROSS JOIN sessions s ON s.id = h.session_id" + joins)
                .add(
                        " WHERE h.site_id = ? AND h." + TimeSlots.SLOT + " BETWEEN ? AND ?",
                        siteId,
                        TimeSlots.of(period.from()),
                        TimeSlots.of(period.to()));
    }

    private Sql byVisit(String joins) {
        return new Sql()
                .add(" FROM sessions s INDEXED BY sessions_by_start CROSS JOIN " + hit(true) + " ON h.session_id = s.id"
                        + joins)
                .add(
                        " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?"
                                + " AND s.started_at + s.length_ms >= ?",
                        siteId,
                        period.from() - offsets.after(),
                        period.to() + offsets.before(),
                        period.from());
    }

    /** Condition that a visit has one hit, at any time, that the filters select; begins with {@code AND}. */
    public static Sql visitSelected(String visitId, List<Filter> filters) {
        if (filters.isEmpty()) {
            return new Sql();
        }
        if (!FilterSql.onHits(filters)) {
            return new Sql()
                    .add(" AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = " + visitId)
                    .add(FilterSql.and(filters))
                    .add(")");
        }
        return new Sql()
                .add(" AND (")
                .add(hasHit(true, visitId, filters))
                .add(" OR ")
                .add(hasHit(false, visitId, filters))
                .add(")");
    }

    private static Sql hasHit(boolean pages, String visitId, List<Filter> filters) {
        return new Sql()
                .add("EXISTS (SELECT 1 FROM sessions s CROSS JOIN " + hit(pages)
                        + " ON h.session_id = s.id WHERE s.id = " + visitId)
                .add(FilterSql.and(filters))
                .add(")");
    }
}
