package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes a visitor with all rows, and counts the days anew that it had been on. The visits of one day at a time, because
 * a day of a busy site takes a second to count, and nobody else's page views are written meanwhile.
 */
record Erasure(CommittedState state) {
    private static final String OF_VISITOR = " FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id = ?1";
    private static final String UNTIL = OF_VISITOR + " AND started_at < ?2";
    private static final String VISITS = " WHERE session_id IN (SELECT id" + UNTIL + ")";
    private static final String DAYS = "SELECT started_at" + UNTIL
            + " UNION SELECT p.time FROM sessions s INDEXED BY sessions_by_visitor CROSS JOIN page_views p ON p.session_id = s.id"
            + " WHERE s.visitor_id = ?1 AND s.started_at < ?2"
            + " UNION SELECT e.time FROM sessions s INDEXED BY sessions_by_visitor CROSS JOIN events e ON e.session_id = s.id"
            + " WHERE s.visitor_id = ?1 AND s.started_at < ?2";
    private static final long NEVER = Long.MAX_VALUE;

    /** What would go. */
    RowCount count(StatementCache sql, int siteId, String visitor) throws SQLException {
        int id = state.dictionary().visitorIfKnown(sql, siteId, visitor);
        return id == 0 ? RowCount.NONE : count(sql, id, NEVER).plus(new RowCount(1, 0, 0, 0));
    }

    private static RowCount count(StatementCache sql, int visitor, long until) throws SQLException {
        try (ResultSet row = sql.bind("SELECT count(*), sum(page_count), sum(event_count)" + UNTIL, visitor, until)
                .executeQuery()) {
            row.next();
            return new RowCount(0, row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Within a transaction: the visits of the first day, and with the last of them the visitor. */
    RowCount step(StatementCache sql, int siteId, String visitor) throws SQLException {
        int id = state.dictionary().visitorIfKnown(sql, siteId, visitor);
        if (id == 0) {
            return RowCount.NONE;
        }
        state.generations().raise(sql, siteId);
        RowCount visits = RowCount.NONE;
        long first = firstStart(sql, id);
        if (first != NEVER) {
            Site site = state.sites().get(siteId);
            long end = site.startOfDay(site.dayOf(first) + 1);
            visits = removeVisits(sql, site, id, Math.max(first + 1, end)); // clocks have gone back over midnight
        }
        if (firstStart(sql, id) != NEVER) {
            return visits;
        }
        removeVisitor(sql, id);
        return visits.plus(new RowCount(1, 0, 0, 0));
    }

    private static long firstStart(StatementCache sql, int visitor) throws SQLException {
        return sql.number(NEVER, "SELECT started_at" + OF_VISITOR + " ORDER BY started_at LIMIT 1", visitor);
    }

    private RowCount removeVisits(StatementCache sql, Site site, int visitor, long until) throws SQLException {
        RowCount count = count(sql, visitor, until);
        Set<Integer> days = days(sql, site, visitor, until);
        removeFromPacks(sql, site.id(), visitor, until);
        sql.run("DELETE FROM page_views" + VISITS, visitor, until);
        sql.run("DELETE FROM events" + VISITS, visitor, until);
        sql.run("DELETE FROM crossing_visits" + VISITS, visitor, until);
        sql.run("DELETE FROM affiliate_visits" + VISITS, visitor, until);
        sql.run(
                "UPDATE conversions INDEXED BY conversions_by_visitor SET session_id = 0 WHERE visitor_id = ?1"
                        + " AND session_id IN (SELECT id" + UNTIL + ")",
                visitor,
                until);
        sql.run("DELETE" + UNTIL, visitor, until);
        for (int day : days) {
            state.days().rewrite(sql, SiteDays.of(site, day));
        }
        return count;
    }

    private void removeFromPacks(StatementCache sql, int siteId, int visitor, long until) throws SQLException {
        Map<Integer, List<Long>> visits = new TreeMap<>();
        try (ResultSet rows =
                sql.bind("SELECT id, started_at" + UNTIL, visitor, until).executeQuery()) {
            while (rows.next()) {
                visits.computeIfAbsent(PackedDays.dayOf(rows.getLong(2)), d -> new ArrayList<>())
                        .add(rows.getLong(1));
            }
        }
        for (Map.Entry<Integer, List<Long>> day : visits.entrySet()) {
            PackTable.supersede(sql, siteId, day.getKey(), day.getValue());
        }
        state.packs().removed();
    }

    private Set<Integer> days(StatementCache sql, Site site, int visitor, long until) throws SQLException {
        Set<Integer> days = new TreeSet<>();
        sql.each(DAYS, row -> days.add(site.dayOf(row.getLong(1))), visitor, until);
        days.removeIf(day -> day < state.sites().rowsCompleteFrom(site.id()));
        return days;
    }

    private void removeVisitor(StatementCache sql, int visitor) throws SQLException {
        sql.run("DELETE FROM affiliate_visits INDEXED BY affiliate_visits_by_visitor WHERE visitor_id = ?", visitor);
        sql.run(
                "UPDATE conversions INDEXED BY conversions_by_visitor SET visitor_id = 0, session_id = 0 WHERE visitor_id = ?",
                visitor);
        sql.run("DELETE FROM visitors WHERE id = ?", visitor);
        state.dictionary().forgetVisitors();
    }
}
