package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.RowCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** Removes a visitor with all rows, and counts the days anew that it had been on. */
final class Erasure {
    private static final String DAYS = """
            SELECT started_at FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id = ?1
            UNION SELECT p.time FROM sessions s INDEXED BY sessions_by_visitor CROSS JOIN page_views p ON p.session_id = s.id WHERE s.visitor_id = ?1
            UNION SELECT e.time FROM sessions s INDEXED BY sessions_by_visitor CROSS JOIN events e ON e.session_id = s.id WHERE s.visitor_id = ?1""";

    private final Database database;

    Erasure(Database database) {
        this.database = database;
    }

    RowCount count(Statements sql, int siteId, String visitor) throws SQLException {
        int id = database.dictionary().visitorIfKnown(sql, siteId, visitor);
        try (ResultSet row = sql.bind(
                        "SELECT count(*), sum(page_count), sum(event_count) FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id = ?",
                        id)
                .executeQuery()) {
            row.next();
            return new RowCount(id == 0 ? 0 : 1, row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Within a transaction. */
    RowCount run(Statements sql, int siteId, String visitor) throws SQLException {
        RowCount count = count(sql, siteId, visitor);
        if (count.isEmpty()) {
            return count;
        }
        int id = database.dictionary().visitorIfKnown(sql, siteId, visitor);
        Site site = database.sites().get(siteId);
        Set<Integer> days = days(sql, site, id);
        remove(sql, id);
        for (int day : days) {
            database.rewriteDay(sql, SiteDays.of(site, day));
        }
        database.dictionary().forgetVisitors();
        database.generations().raise(sql, siteId);
        return count;
    }

    private Set<Integer> days(Statements sql, Site site, int visitor) throws SQLException {
        Set<Integer> days = new TreeSet<>();
        try (ResultSet rows = sql.bind(DAYS, visitor).executeQuery()) {
            while (rows.next()) {
                int day = site.dayOf(rows.getLong(1));
                if (day >= database.sites().rowsCompleteFrom(site.id())) {
                    days.add(day);
                }
            }
        }
        return days;
    }

    private static void remove(Statements sql, int visitor) throws SQLException {
        String visits =
                " WHERE session_id IN (SELECT id FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id = ?)";
        sql.run("DELETE FROM page_views" + visits, visitor);
        sql.run("DELETE FROM events" + visits, visitor);
        sql.run("DELETE FROM crossing_visits" + visits, visitor);
        sql.run("DELETE FROM affiliate_visits INDEXED BY affiliate_visits_by_visitor WHERE visitor_id = ?", visitor);
        sql.run("DELETE FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id = ?", visitor);
        sql.run(
                "UPDATE conversions INDEXED BY conversions_by_visitor SET visitor_id = 0, session_id = 0 WHERE visitor_id = ?",
                visitor);
        sql.run("DELETE FROM visitors WHERE id = ?", visitor);
    }
}
