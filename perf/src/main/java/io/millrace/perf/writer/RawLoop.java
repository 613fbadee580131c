package io.millrace.perf.writer;

import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/**
 * The same rows in the same tables by the plainest JDBC there is: kept statements, batches, one transaction, numbers instead
 * of texts known beforehand, nothing counted, nothing looked up. What the driver and SQLite allow.
 */
public final class RawLoop implements AutoCloseable {
    private final Connection connection;
    private final Map<String, Integer> visitors = new HashMap<>();
    private final PreparedStatement visitor;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement page;

    private RawLoop(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setGetGeneratedKeys(false);
        config.setCacheSize(-65_536);
        connection = config.createConnection("jdbc:sqlite:" + file);
        sql("PRAGMA wal_autocheckpoint = 4000");
        sql("PRAGMA mmap_size = 268435456");
        visitor = connection.prepareStatement("INSERT INTO visitors (id, site_id, name) VALUES (?, 1, ?)");
        insert = connection.prepareStatement(
                "INSERT INTO sessions VALUES (?, 1, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        update = connection.prepareStatement(
                "UPDATE sessions SET length_ms = ?, page_count = ?, event_count = 0, engaged_ms = 0, entry_path_id = ?,"
                        + " exit_path_id = ?, exit_ms = ? WHERE id = ?");
        page = connection.prepareStatement(
                "INSERT INTO page_views (session_id, n, site_id, time, path_id, host_id, title_id, event_id, engaged_ms,"
                        + " scroll) VALUES (?, ?, 1, ?, ?, NULL, ?, ?, 0, 0)");
    }

    private void sql(String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        }
    }

    /** Writes into a new database of the storage's own schema. */
    public static Speed fresh(Path file, int warmUp, int events, int batch) throws Exception {
        SqliteStorage.open(file).close();
        Site site = Site.of("example.com").withId(1);
        BatchSource source = new BatchSource(site, 1, 1_000_000, 30, WriterRun.START, 0);
        try (RawLoop loop = new RawLoop(file)) {
            for (int done = 0; done < warmUp; done += 1_000) {
                loop.write(source.next(1_000));
            }
            Speed.Clock clock = new Speed.Clock();
            for (int done = 0; done < events; done += batch) {
                Batch next = source.next(batch);
                clock.time(() -> loop.write(next));
            }
            return clock.speed(events);
        }
    }

    private void write(Batch batch) throws SQLException {
        sql("BEGIN IMMEDIATE");
        for (Batch.VisitChange change : batch.visits()) {
            if (change.opened()) {
                insert(change.after());
            } else {
                update(change.after());
            }
        }
        for (Batch.Hit hit : batch.hits()) {
            page(hit);
        }
        visitor.executeBatch();
        insert.executeBatch();
        update.executeBatch();
        page.executeBatch();
        sql("COMMIT");
    }

    private int visitor(String name) throws SQLException {
        Integer known = visitors.get(name);
        if (known == null) {
            known = visitors.size() + 1;
            visitors.put(name, known);
            visitor.setInt(1, known);
            visitor.setString(2, name);
            visitor.addBatch();
        }
        return known;
    }

    private void insert(Visit v) throws SQLException {
        long length = v.lastActivity() - v.startedAt();
        insert.setLong(1, v.id());
        insert.setInt(2, visitor(v.key().visitor()));
        insert.setLong(3, v.startedAt());
        insert.setLong(4, length);
        insert.setInt(5, v.pageViews());
        insert.setInt(6, number(v.origin().entryPath()));
        insert.setInt(7, number(v.exitPath()));
        insert.setLong(8, length);
        insert.setInt(9, number(v.origin().source()) % 30);
        insert.setInt(10, number(v.origin().place().city()) % 300);
        insert.setInt(11, number(v.origin().agent().browserVersion()) % 160);
        insert.setInt(12, 2);
        insert.setInt(13, 3);
        insert.setInt(14, v.origin().screenWidth());
        insert.setString(15, v.key().sessionId());
        insert.addBatch();
    }

    private void update(Visit v) throws SQLException {
        update.setLong(1, v.lastActivity() - v.startedAt());
        update.setInt(2, v.pageViews());
        update.setInt(3, number(v.origin().entryPath()));
        update.setInt(4, number(v.exitPath()));
        update.setLong(5, v.exitAt() - v.startedAt());
        update.setLong(6, v.id());
        update.addBatch();
    }

    private void page(Batch.Hit hit) throws SQLException {
        Event e = hit.event();
        page.setLong(1, hit.visit().id());
        page.setInt(2, hit.visit().pageViews());
        page.setLong(3, e.time());
        page.setInt(4, number(e.path()));
        page.setInt(5, number(e.title()));
        page.setBytes(6, bytes(e.id()));
        page.addBatch();
    }

    private static int number(String text) {
        return (text.hashCode() & 0x7fff_ffff) % 500;
    }

    /** As many bytes as an id of 22 characters is kept in. */
    private static byte[] bytes(String id) {
        byte[] bytes = new byte[17];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (id.charAt(i) * 31 + id.charAt(i + 5));
        }
        return bytes;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
