package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The roll-ups that are written through, days and quarters: adds to their rows. Stateless. */
public final class StatsRows {
    private static final String DAY = "INSERT INTO daily_stats (site_id, date, visitors, " + Totals.COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site_id, date) DO UPDATE SET"
            + " visitors = visitors + excluded.visitors, " + Totals.ADD_EXCLUDED;
    private static final String QUARTER = "INSERT INTO quarter_stats (site_id, quarter, " + Totals.COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site_id, quarter) DO UPDATE SET " + Totals.ADD_EXCLUDED;

    private StatsRows() {}

    /**
     * Adds what a batch did, once a row.
     *
     * @param newVisitors how many visitors a site's day had not seen before this batch
     */
    public static void write(
            StatementCache sql, List<VisitFact> visits, List<HitFact> hits, Map<Long, Integer> newVisitors)
            throws SQLException {
        Map<Long, Totals> days = new HashMap<>();
        Map<Long, Totals> quarters = new HashMap<>();
        for (VisitFact visit : visits) {
            at(days, visit.siteId, visit.startDay).add(visit);
            at(quarters, visit.siteId, visit.startQuarter()).add(visit);
        }
        for (HitFact hit : hits) {
            at(days, hit.siteId(), hit.day()).add(hit);
            at(quarters, hit.siteId(), hit.quarter()).add(hit);
        }
        newVisitors.forEach((siteDay, n) -> days.get(siteDay).visitors += n);
        for (Map.Entry<Long, Totals> day : days.entrySet()) {
            if (!day.getValue().isZero()) {
                addDay(sql, SiteDayKey.site(day.getKey()), SiteDayKey.day(day.getKey()), day.getValue());
            }
        }
        for (Map.Entry<Long, Totals> quarter : quarters.entrySet()) {
            if (!quarter.getValue().isZero()) {
                addQuarter(
                        sql, SiteDayKey.site(quarter.getKey()), SiteDayKey.day(quarter.getKey()), quarter.getValue());
            }
        }
    }

    /** Takes the part that some visitors have in a day for another one. */
    public static void replace(StatementCache sql, SiteDays.Day day, Recount out, Recount in) throws SQLException {
        Totals change = new Totals();
        change.add(out.total, -1);
        change.add(in.total, 1);
        change.visitors = in.total.visitors - out.total.visitors;
        addDay(sql, day.siteId(), day.day(), change);
        Map<Integer, Totals> quarters = new HashMap<>();
        out.quarters.forEach(
                (q, t) -> quarters.computeIfAbsent(q, k -> new Totals()).add(t, -1));
        in.quarters.forEach(
                (q, t) -> quarters.computeIfAbsent(q, k -> new Totals()).add(t, 1));
        for (Map.Entry<Integer, Totals> quarter : quarters.entrySet()) {
            addQuarter(sql, day.siteId(), quarter.getKey(), quarter.getValue());
        }
        String nothing = " AND (sessions | page_views | bounces | duration | events | engaged_ms) = 0";
        sql.run(
                "DELETE FROM daily_stats WHERE site_id = ? AND date = ? AND visitors = 0" + nothing,
                day.siteId(),
                LocalDate.ofEpochDay(day.day()).toString());
        sql.run(
                "DELETE FROM quarter_stats WHERE site_id = ? AND quarter BETWEEN ? AND ?" + nothing,
                day.siteId(),
                day.firstQuarter(),
                day.lastQuarter());
    }

    private static Totals at(Map<Long, Totals> totals, int siteId, int slot) {
        return totals.computeIfAbsent(SiteDayKey.siteDay(siteId, slot), k -> new Totals());
    }

    static void addDay(StatementCache sql, int siteId, int day, Totals totals) throws SQLException {
        PreparedStatement s = sql.get(DAY);
        s.setInt(1, siteId);
        s.setString(2, LocalDate.ofEpochDay(day).toString());
        s.setLong(3, totals.visitors);
        totals.bind(s, 4);
        s.executeUpdate();
    }

    static void addQuarter(StatementCache sql, int siteId, int quarter, Totals totals) throws SQLException {
        PreparedStatement s = sql.get(QUARTER);
        s.setInt(1, siteId);
        s.setInt(2, quarter);
        totals.bind(s, 3);
        s.executeUpdate();
    }
}
