package io.millrace.storage.sqlite.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds what a batch did to the roll-ups that are written through: days and quarters, once per key and batch. */
final class RollupRows {
    private static final String DAY = """
            INSERT INTO daily_stats (site_id, date, visitors, sessions, page_views, bounces, duration, events, revenue,
                engaged_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            ON CONFLICT (site_id, date) DO UPDATE SET
                visitors = visitors + excluded.visitors,
                sessions = sessions + excluded.sessions,
                page_views = page_views + excluded.page_views,
                bounces = bounces + excluded.bounces,
                duration = duration + excluded.duration,
                events = events + excluded.events,
                engaged_ms = engaged_ms + excluded.engaged_ms""";
    private static final String QUARTER = """
            INSERT INTO quarter_stats (site_id, quarter, sessions, page_views, bounces, duration, events, engaged_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (site_id, quarter) DO UPDATE SET
                sessions = sessions + excluded.sessions,
                page_views = page_views + excluded.page_views,
                bounces = bounces + excluded.bounces,
                duration = duration + excluded.duration,
                events = events + excluded.events,
                engaged_ms = engaged_ms + excluded.engaged_ms""";

    private RollupRows() {}

    /** @param newVisitors how many visitors a site's day had not seen before this batch */
    static void write(Statements sql, List<VisitFact> visits, List<HitFact> hits, Map<Long, Integer> newVisitors)
            throws SQLException {
        Map<Long, Tally> days = new HashMap<>();
        Map<Long, Tally> quarters = new HashMap<>();
        for (VisitFact visit : visits) {
            at(days, visit.siteId, visit.startDay).add(visit);
            at(quarters, visit.siteId, visit.startQuarter()).add(visit);
        }
        for (HitFact hit : hits) {
            at(days, hit.siteId(), hit.day()).add(hit);
            at(quarters, hit.siteId(), hit.quarter()).add(hit);
        }
        newVisitors.forEach((siteDay, n) -> days.get(siteDay).visitors += n);
        writeDays(sql, days);
        writeQuarters(sql, quarters);
    }

    private static Tally at(Map<Long, Tally> tallies, int siteId, int slot) {
        return tallies.computeIfAbsent(Keys.siteDay(siteId, slot), k -> new Tally());
    }

    private static void writeDays(Statements sql, Map<Long, Tally> days) throws SQLException {
        PreparedStatement s = sql.get(DAY);
        for (Map.Entry<Long, Tally> entry : days.entrySet()) {
            Tally t = entry.getValue();
            if (t.isZero()) {
                continue;
            }
            s.setInt(1, Keys.site(entry.getKey()));
            s.setString(2, LocalDate.ofEpochDay(Keys.day(entry.getKey())).toString());
            s.setLong(3, t.visitors);
            s.setLong(4, t.sessions);
            s.setLong(5, t.pageViews);
            s.setLong(6, t.bounces);
            s.setLong(7, t.duration);
            s.setLong(8, t.events);
            s.setLong(9, t.engaged);
            s.executeUpdate();
        }
    }

    private static void writeQuarters(Statements sql, Map<Long, Tally> quarters) throws SQLException {
        PreparedStatement s = sql.get(QUARTER);
        for (Map.Entry<Long, Tally> entry : quarters.entrySet()) {
            Tally t = entry.getValue();
            if (t.isZero()) {
                continue;
            }
            s.setInt(1, Keys.site(entry.getKey()));
            s.setInt(2, Keys.day(entry.getKey()));
            s.setLong(3, t.sessions);
            s.setLong(4, t.pageViews);
            s.setLong(5, t.bounces);
            s.setLong(6, t.duration);
            s.setLong(7, t.events);
            s.setLong(8, t.engaged);
            s.executeUpdate();
        }
    }
}
