package io.millrace.perf.stories;

import io.millrace.engine.Beacon;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Writes page views as the first story's application does: find the session, insert or update it, insert the page view,
 * raise the day's figures, look whether the visitor is new today. One thread, one connection, prepared statements.
 */
final class StoryStore implements AutoCloseable {
    private static final List<String> TABLES = List.of(
            "CREATE TABLE sessions (id TEXT PRIMARY KEY, site_id INTEGER NOT NULL, visitor_id TEXT NOT NULL,"
                    + " started_at TEXT DEFAULT (datetime('now')), last_activity TEXT DEFAULT (datetime('now')),"
                    + " entry_page TEXT, exit_page TEXT, referrer TEXT, country TEXT, browser TEXT, os TEXT,"
                    + " page_count INTEGER DEFAULT 1, is_bounce INTEGER DEFAULT 1, duration INTEGER DEFAULT 0)",
            "CREATE INDEX s1 ON sessions (site_id, started_at)",
            "CREATE INDEX s2 ON sessions (visitor_id)",
            "CREATE INDEX s3 ON sessions (site_id, country)",
            "CREATE INDEX s4 ON sessions (site_id, browser)",
            "CREATE INDEX s5 ON sessions (site_id, os)",
            "CREATE INDEX s6 ON sessions (site_id, last_activity)",
            "CREATE TABLE page_views (id INTEGER PRIMARY KEY AUTOINCREMENT, site_id INTEGER NOT NULL,"
                    + " session_id TEXT NOT NULL, visitor_id TEXT NOT NULL, pathname TEXT NOT NULL, hostname TEXT,"
                    + " querystring TEXT, referrer TEXT, timestamp TEXT DEFAULT (datetime('now')))",
            "CREATE INDEX p1 ON page_views (site_id, timestamp)",
            "CREATE INDEX p2 ON page_views (session_id)",
            "CREATE INDEX p3 ON page_views (site_id, pathname)",
            "CREATE TABLE daily_stats (id INTEGER PRIMARY KEY AUTOINCREMENT, site_id INTEGER NOT NULL, date TEXT NOT NULL,"
                    + " visitors INTEGER DEFAULT 0, sessions INTEGER DEFAULT 0, page_views INTEGER DEFAULT 0,"
                    + " UNIQUE (site_id, date))");
    private static final List<String> TUNED = List.of(
            "PRAGMA synchronous = NORMAL",
            "PRAGMA cache_size = -65536",
            "PRAGMA mmap_size = 268435456",
            "PRAGMA temp_store = MEMORY");

    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement view;
    private final PreparedStatement day;
    private final PreparedStatement sameVisitor;
    private final PreparedStatement newSession;

    StoryStore(Path file, Variant variant) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute("PRAGMA journal_mode = WAL");
        execute("PRAGMA synchronous = FULL");
        for (String sql : variant.tuned ? TUNED : List.<String>of()) {
            execute(sql);
        }
        for (String sql : TABLES) {
            execute(sql);
        }
        find = connection.prepareStatement("SELECT started_at FROM sessions WHERE id = ?");
        insert = connection.prepareStatement("INSERT INTO sessions (id, site_id, visitor_id, entry_page, exit_page,"
                + " referrer, country, browser, os) VALUES (?, ?, ?, ?, ?, ?, 'DE', 'Chrome', 'Linux')");
        update = connection.prepareStatement("UPDATE sessions SET exit_page = ?, last_activity = datetime('now'),"
                + " page_count = page_count + 1, is_bounce = 0,"
                + " duration = unixepoch() - unixepoch(started_at) WHERE id = ?");
        view = connection.prepareStatement("INSERT INTO page_views (site_id, session_id, visitor_id, pathname,"
                + " hostname, querystring, referrer) VALUES (?, ?, ?, ?, ?, NULL, ?)");
        day = connection.prepareStatement(
                "INSERT INTO daily_stats (site_id, date, page_views) VALUES (?, date('now'), 1)"
                        + " ON CONFLICT (site_id, date) DO UPDATE SET page_views = page_views + 1");
        sameVisitor = connection.prepareStatement("SELECT 1 FROM sessions WHERE visitor_id = ? AND site_id = ?"
                + " AND date(started_at) = date('now') AND id <> ? LIMIT 1");
        newSession =
                connection.prepareStatement("UPDATE daily_stats SET sessions = sessions + 1, visitors = visitors + ?"
                        + " WHERE site_id = ? AND date = date('now')");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes page views in one transaction. */
    void together(List<Beacon> views) throws SQLException {
        execute("BEGIN IMMEDIATE");
        for (Beacon each : views) {
            write(each);
        }
        execute("COMMIT");
    }

    /** Writes one page view, each statement by itself unless a transaction is open. */
    void write(Beacon b) throws SQLException {
        find.setString(1, b.sessionId());
        boolean known = exists(find);
        if (known) {
            set(update, b.pathname(), b.sessionId());
        } else {
            set(insert, b.sessionId(), b.siteId(), b.visitorId(), b.pathname(), b.pathname(), b.referrer());
        }
        set(view, b.siteId(), b.sessionId(), b.visitorId(), b.pathname(), b.hostname(), b.referrer());
        set(day, b.siteId());
        if (!known) {
            bind(sameVisitor, b.visitorId(), b.siteId(), b.sessionId());
            set(newSession, exists(sameVisitor) ? 0 : 1, b.siteId());
        }
    }

    private static boolean exists(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        bind(statement, values);
        statement.executeUpdate();
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
