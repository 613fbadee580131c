package io.millrace.storage.sqlite.internal.write;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes a site: first what makes it one, then its rows a few at a time, so that nobody's page views wait for it. Each call
 * is for a transaction of its own. Stateless.
 */
final class SiteRemoval {
    private static final int VISITS_A_STEP = 400;
    static final int HITS_A_STEP = 4_000;
    private static final int ROWS_A_STEP = 2_000;
    private static final int SETS_A_STEP = 100;
    private static final int PACKS_A_STEP = 5;

    private static final List<String> AT_ONCE = List.of(
            "open_days",
            "capped_days",
            "uncounted_days",
            "unpacked_days",
            "pruned_sites",
            "api_keys",
            "links",
            "segments",
            "annotations",
            "subscriptions",
            "goals",
            "exclusions",
            "funnel_steps",
            "funnels",
            "payouts",
            "imports",
            "user_roles",
            "generations",
            "withdrawals",
            "filtered_bytes");

    /** Rows of a table whose key begins with these columns. */
    private record Rows(String table, String key, int step) {
        int remove(StatementCache sql, int siteId) throws SQLException {
            return sql.run(
                    "DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table
                            + " WHERE site_id = ? LIMIT " + step + ")",
                    siteId);
        }
    }

    private static final List<Rows> AFTER_VISITS = List.of(
            new Rows("filtered_events", "id", ROWS_A_STEP),
            new Rows("visitors", "id", ROWS_A_STEP),
            new Rows("packed_visitors", "site_id, key", ROWS_A_STEP),
            new Rows("conversions", "id", ROWS_A_STEP),
            new Rows("refunds", "id", ROWS_A_STEP),
            new Rows("affiliate_visits", "session_id, affiliate_id", ROWS_A_STEP),
            new Rows("daily_stats", "site_id, date", ROWS_A_STEP),
            new Rows("quarter_stats", "site_id, quarter", ROWS_A_STEP),
            new Rows("day_values", "site_id, dimension, day, value_id", ROWS_A_STEP),
            new Rows("day_sets", "site_id, day", SETS_A_STEP),
            new Rows("quarter_sets", "site_id, quarter", SETS_A_STEP),
            new Rows("packs", "id", PACKS_A_STEP),
            new Rows("ledger", "site_id, date, counter", ROWS_A_STEP));

    private SiteRemoval() {}

    /** From now on, there is no such site. */
    static void begin(StatementCache sql, int siteId) throws SQLException {
        sql.run("INSERT OR IGNORE INTO removed_sites (site_id) VALUES (?)", siteId);
        for (String table : AT_ONCE) {
            sql.run("DELETE FROM " + table + " WHERE site_id = ?", siteId);
        }
        sql.run("DELETE FROM sites WHERE id = ?", siteId);
    }

    /** A site that is removed and has rows, or 0. */
    static int unfinished(StatementCache sql) throws SQLException {
        return (int) sql.number(0, "SELECT min(site_id) FROM removed_sites");
    }

    /** Removes a few of its rows, about 10 ms; whether there may be more. */
    static boolean step(StatementCache sql, int siteId) throws SQLException {
        if (sql.number(-1, "SELECT 1 FROM removed_sites WHERE site_id = ?", siteId) < 0) {
            return false;
        }
        if (visits(sql, siteId)) {
            return true;
        }
        for (Rows rows : AFTER_VISITS) {
            if (rows.remove(sql, siteId) > 0) {
                return true;
            }
        }
        sql.run("DELETE FROM removed_sites WHERE site_id = ?", siteId);
        return false;
    }

    private static boolean visits(StatementCache sql, int siteId) throws SQLException {
        List<Long> visits = new ArrayList<>();
        try (ResultSet rows = sql.bind(
                        "SELECT id, page_count + event_count FROM sessions INDEXED BY sessions_by_start"
                                + " WHERE site_id = ? LIMIT " + VISITS_A_STEP,
                        siteId)
                .executeQuery()) {
            for (int hits = 0; hits < HITS_A_STEP && rows.next(); hits += rows.getInt(2)) {
                visits.add(rows.getLong(1));
            }
        }
        for (long visit : visits) {
            sql.run("DELETE FROM page_views WHERE session_id = ?", visit);
            sql.run("DELETE FROM events WHERE session_id = ?", visit);
            sql.run("DELETE FROM crossing_visits WHERE session_id = ?", visit);
            sql.run("DELETE FROM import_visits WHERE session_id = ?", visit);
            sql.run("DELETE FROM sessions WHERE id = ?", visit);
        }
        return !visits.isEmpty();
    }
}
