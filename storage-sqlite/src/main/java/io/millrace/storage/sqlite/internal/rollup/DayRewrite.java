package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Writes every roll-up of a day anew, as its visits say. Within a transaction of the store thread. */
public final class DayRewrite {
    /** Visits of a time whose counts are not those of their rows. */
    public static final String WRONG_COUNTS = """
            SELECT id, page_count, pages, event_count, events FROM (
                SELECT id, page_count, event_count,
                    (SELECT count(*) FROM page_views p WHERE p.session_id = s.id) AS pages,
                    (SELECT count(*) FROM events e WHERE e.session_id = s.id) AS events
                FROM sessions s WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?)
            WHERE page_count <> pages OR event_count <> events""";

    private static final String FIX_COUNTS = """
            UPDATE sessions SET
                page_count = (SELECT count(*) FROM page_views p WHERE p.session_id = sessions.id),
                event_count = (SELECT count(*) FROM events e WHERE e.session_id = sessions.id)
            WHERE site_id = ? AND started_at >= ? AND started_at < ?""";

    private DayRewrite() {}

    public static void rewrite(StatementCache sql, SiteDays.Day day, List<Segment> segments, int capacity)
            throws SQLException {
        count(sql, day, segments, capacity).save(sql);
    }

    /** Makes visits that started on a day say how many rows they have. */
    public static void fixCounts(StatementCache sql, SiteDays.Day day) throws SQLException {
        sql.run(FIX_COUNTS, day.siteId(), day.from(), day.to());
    }

    /** Counts every roll-up of a day; to be stored by the store thread. */
    public static CountedDay count(StatementCache sql, SiteDays.Day day, List<Segment> segments, int capacity)
            throws SQLException {
        Recount recount = Recount.of(sql, day, segments, capacity);
        return writing -> write(writing, day, recount);
    }

    private static void write(StatementCache sql, SiteDays.Day day, Recount recount) throws SQLException {
        String date = LocalDate.ofEpochDay(day.day()).toString();
        sql.run("DELETE FROM daily_stats WHERE site_id = ? AND date = ?", day.siteId(), date);
        sql.run(
                "DELETE FROM quarter_stats WHERE site_id = ? AND quarter BETWEEN ? AND ?",
                day.siteId(),
                day.firstQuarter(),
                day.lastQuarter());
        DayRollupRows.delete(sql, day);
        if (recount.total.isZero()) {
            return;
        }
        StatsRows.addDay(sql, day.siteId(), day.day(), recount.total);
        for (Map.Entry<Integer, Totals> quarter : recount.quarters.entrySet()) {
            StatsRows.addQuarter(sql, day.siteId(), quarter.getKey(), quarter.getValue());
        }
        DayRollupRows.save(sql, recount.rollup);
    }
}
