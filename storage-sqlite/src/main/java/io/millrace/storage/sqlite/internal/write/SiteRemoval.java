package io.millrace.storage.sqlite.internal.write;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.List;

/** Removes a site with everything that belongs to it. */
final class SiteRemoval {
    private static final List<String> BY_SITE = List.of(
            "conversions",
            "affiliate_visits",
            "sessions",
            "visitors",
            "filtered_events",
            "daily_stats",
            "quarter_stats",
            "day_values",
            "day_sets",
            "quarter_sets",
            "open_days",
            "ledger",
            "api_keys",
            "links",
            "user_roles",
            "generations");

    private SiteRemoval() {}

    static void run(StatementCache sql, int siteId) throws SQLException {
        String visits = " WHERE session_id IN (SELECT id FROM sessions WHERE site_id = ?)";
        sql.run("DELETE FROM page_views" + visits, siteId);
        sql.run("DELETE FROM events" + visits, siteId);
        sql.run("DELETE FROM crossing_visits" + visits, siteId);
        for (String table : BY_SITE) {
            sql.run("DELETE FROM " + table + " WHERE site_id = ?", siteId);
        }
        sql.run("DELETE FROM sites WHERE id = ?", siteId);
    }
}
