package io.millrace.perf.writer;

import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Page views as the stories' application writes them: text keys, and nine statements each, one after the other: find the
 * site, the session and the affiliate, write the session, the affiliate visit, the page view and the day, look whether the
 * visitor is new today, write the day again.
 */
public final class Naive implements AutoCloseable {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE sites (id INTEGER PRIMARY KEY, domain TEXT)",
            "INSERT INTO sites VALUES (1, 'example.com')",
            "CREATE TABLE sessions (id TEXT PRIMARY KEY, site_id INTEGER, visitor_id TEXT, started_at INTEGER, last_activity"
                    + " INTEGER, entry_page TEXT, exit_page TEXT, referrer TEXT, country TEXT, browser TEXT, os TEXT,"
                    + " page_count INTEGER)",
            "CREATE INDEX s1 ON sessions (site_id, started_at)",
            "CREATE INDEX s2 ON sessions (visitor_id, site_id)",
            "CREATE TABLE affiliates (id INTEGER PRIMARY KEY, site_id INTEGER, slug TEXT)",
            "CREATE TABLE affiliate_visits (id INTEGER PRIMARY KEY, affiliate_id INTEGER, session_id TEXT)",
            "CREATE TABLE page_views (id INTEGER PRIMARY KEY, site_id INTEGER, session_id TEXT, visitor_id TEXT, pathname TEXT,"
                    + " hostname TEXT, timestamp INTEGER)",
            "CREATE INDEX p1 ON page_views (site_id, timestamp)",
            "CREATE INDEX p2 ON page_views (session_id)",
            "CREATE INDEX p3 ON page_views (site_id, pathname)",
            "CREATE TABLE daily_stats (site_id INTEGER, date TEXT, visitors INTEGER DEFAULT 0, sessions INTEGER DEFAULT 0,"
                    + " page_views INTEGER DEFAULT 0, UNIQUE (site_id, date))");
    private static final List<String> STATEMENTS = List.of(
            "SELECT id FROM sites WHERE id = 1",
            "SELECT page_count FROM sessions WHERE id = ?1",
            "INSERT INTO sessions VALUES (?1, 1, ?2, ?3, ?3, ?4, ?4, '', ?5, ?6, ?7, 1) ON CONFLICT (id) DO UPDATE SET"
                    + " last_activity = excluded.last_activity, exit_page = excluded.exit_page, page_count = page_count + 1",
            "SELECT id FROM affiliates WHERE site_id = 1 AND slug = ''",
            "UPDATE affiliate_visits SET session_id = ?1 WHERE id = 0",
            "INSERT INTO page_views (site_id, session_id, visitor_id, pathname, hostname, timestamp) VALUES (1, ?1, ?2, ?3, ?4,"
                    + " ?5)",
            "INSERT INTO daily_stats (site_id, date, page_views) VALUES (1, ?1, 1) ON CONFLICT DO UPDATE SET page_views ="
                    + " page_views + 1",
            "SELECT 1 FROM sessions WHERE visitor_id = ?1 AND site_id = 1 AND id <> ?2 LIMIT 1",
            "UPDATE daily_stats SET sessions = sessions + ?1, visitors = visitors + ?2 WHERE site_id = 1 AND date = ?3");

    private final Connection connection;
    private final List<PreparedStatement> statements = new ArrayList<>();

    private Naive(Path file, boolean tuned, boolean full) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        sql("PRAGMA journal_mode = WAL");
        sql("PRAGMA synchronous = " + (full ? "FULL" : "NORMAL"));
        if (tuned) {
            sql("PRAGMA cache_size = -65536");
            sql("PRAGMA mmap_size = 268435456");
            sql("PRAGMA temp_store = MEMORY");
        }
        for (String create : SCHEMA) {
            sql(create);
        }
        for (String statement : STATEMENTS) {
            statements.add(connection.prepareStatement(statement));
        }
    }

    private void sql(String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        }
    }

    /**
     * Writes into a new database.
     *
     * @param tuned with the pragmas that people recommend
     * @param full whether each commit is flushed to the disk
     * @param batch page views in one transaction; 0: every statement by itself
     */
    public static Speed fresh(Path file, boolean tuned, boolean full, int events, int batch) throws Exception {
        Site site = Site.of("example.com").withId(1);
        BatchSource source = new BatchSource(site, 1, 1_000_000, 30, WriterRun.START, 0);
        Speed.Clock clock = new Speed.Clock();
        try (Naive naive = new Naive(file, tuned, full)) {
            for (int done = 0; done < events; done += Math.max(1, batch)) {
                Batch next = source.next(Math.max(1, batch));
                clock.time(() -> naive.write(next, batch > 0));
            }
        }
        return clock.speed(events);
    }

    private void write(Batch batch, boolean together) throws SQLException {
        if (together) {
            sql("BEGIN IMMEDIATE");
        }
        for (Batch.Hit hit : batch.hits()) {
            write(hit.visit(), hit.event());
        }
        if (together) {
            sql("COMMIT");
        }
    }

    private void write(Visit v, Event e) throws SQLException {
        String session = v.key().sessionId();
        String visitor = v.key().visitor();
        String date = java.time.LocalDate.ofEpochDay(e.time() / 86_400_000).toString();
        find(0);
        boolean known = find(1, session);
        change(
                2,
                session,
                visitor,
                e.time(),
                e.path(),
                v.origin().place().country(),
                v.origin().agent().browser(),
                v.origin().agent().os());
        find(3);
        change(4, session);
        change(5, session, visitor, e.path(), e.hostname(), e.time());
        change(6, date);
        boolean returning = find(7, visitor, session);
        change(8, known ? 0 : 1, known || returning ? 0 : 1, date);
    }

    private boolean find(int statement, Object... values) throws SQLException {
        try (ResultSet row = bound(statement, values).executeQuery()) {
            return row.next();
        }
    }

    private void change(int statement, Object... values) throws SQLException {
        bound(statement, values).executeUpdate();
    }

    private PreparedStatement bound(int statement, Object... values) throws SQLException {
        PreparedStatement s = statements.get(statement);
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
        return s;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
