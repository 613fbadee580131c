package io.millrace.storage.sqlite.internal.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What SQLite's planner believes about the tables: that they are large, always. Measured statistics go stale while a site
 * grows, and a plan made for a small table reads all of a large one; so they are written down here once, and put back when
 * somebody has run {@code ANALYZE}.
 */
public final class PlannerStatistics {
    /** Table, index, and how many rows: in all, then with the same first column, first two columns, and so on. */
    private static final String[][] BELIEFS = {
        {"sessions", "sessions_by_start", "1000000 100000 1"},
        {"sessions", "sessions_by_visitor", "1000000 3 1"},
        {"page_views", "page_views", "4000000 4 1"},
        {"page_views", "page_views_by_time", "4000000 100 1"},
        {"events", "events", "400000 4 1"},
        {"events", "events_by_time", "400000 10 1"},
        {"visitors", "sqlite_autoindex_visitors_1", "600000 60000 1"},
        {"texts", "sqlite_autoindex_texts_1", "50000 1"},
        {"affiliate_visits", "affiliate_visits", "100000 1 1"},
        {"affiliate_visits", "affiliate_visits_by_affiliate", "100000 1000 1"},
        {"affiliate_visits", "affiliate_visits_by_site", "100000 10000 1"},
        {"affiliate_visits", "affiliate_visits_by_visitor", "100000 2 1"},
        {"conversions", "sqlite_autoindex_conversions_1", "50000 5000 1"},
        {"conversions", "conversions_by_time", "50000 5000 1"},
        {"conversions", "conversions_by_visitor", "50000 2 1"},
        {"conversions", "conversions_by_affiliate", "10000 1000 100 1"},
        {"refunds", "sqlite_autoindex_refunds_1", "5000 500 1"},
        {"refunds", "refunds_by_conversion", "5000 1"},
        {"payouts", "sqlite_autoindex_payouts_1", "1000 100 10 1"},
        {"filtered_events", "filtered_events_by_since", "100000 1"},
        {"filtered_events", "filtered_events_by_site", "100000 10000"},
        {"filtered_events", "filtered_events_by_visitor", "100000 10000 10"},
        {"filtered_events", "filtered_events_by_earlier_visitor", "1000 100 10"},
        {"daily_stats", "daily_stats", "10000 400 1"},
        {"quarter_stats", "quarter_stats", "500000 30000 1"},
        {"quarter_sets", "quarter_sets", "500000 30000 1"},
        {"day_sets", "day_sets", "10000 400 1"},
        {"day_values", "day_values", "5000000 500000 50000 200 1"},
        {"audit", "audit_by_site", "10000 1000 1"},
    };

    private PlannerStatistics() {}

    /**
     * Makes the database believe this, where it believes something else; then other connections must be opened anew.
     *
     * @return whether it believed something else
     */
    public static boolean fix(Connection connection) throws SQLException {
        try (Statement s = connection.createStatement()) {
            if (fixed(s)) {
                return false;
            }
            s.execute("ANALYZE sites"); // makes the table that is written to
            s.execute("BEGIN IMMEDIATE");
            s.execute("DROP TABLE IF EXISTS sqlite_stat4");
            s.execute("DELETE FROM sqlite_stat1");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)")) {
                for (String[] belief : BELIEFS) {
                    insert.setString(1, belief[0]);
                    insert.setString(2, belief[1]);
                    insert.setString(3, belief[2]);
                    insert.executeUpdate();
                }
            }
            s.execute("COMMIT");
            s.execute("ANALYZE sqlite_schema"); // this connection has read the old ones
            return true;
        }
    }

    private static boolean fixed(Statement s) throws SQLException {
        try (ResultSet table = s.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")) {
            if (!table.next()) {
                return false;
            }
        }
        try (ResultSet row = s.executeQuery("SELECT count(*), sum(stat = '1000000 100000 1') FROM sqlite_stat1")) {
            return row.next() && row.getInt(1) == BELIEFS.length && row.getInt(2) == 1;
        }
    }
}
