package io.millrace.server.browser;

import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.http.HttpSettings;
import io.millrace.http.NettyFrontEnd;
import io.millrace.http.StaticFiles;
import io.millrace.storage.sqlite.SqliteStorage;
import io.millrace.tracker.Tracker;
import io.millrace.tracker.TrackerFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The real engine, database and front-end in this process, with one site and a clock that a test may put forward. */
final class LiveServer implements AutoCloseable {
    private final Path database;
    private final AtomicLong shift = new AtomicLong();
    private final Engine engine;
    private final NettyFrontEnd http;

    LiveServer(Path directory) {
        database = directory.resolve("millrace.db");
        InstantSource clock = () -> Instant.ofEpochMilli(System.currentTimeMillis() + shift.get());
        engine = Engine.builder(SqliteStorage.open(database))
                .clock(clock)
                .salts(directory.resolve("salts"))
                .start();
        engine.addSite(Site.of("example.test")).join();
        http = new NettyFrontEnd(
                HttpSettings.DEFAULT.with().host("127.0.0.1").port(0).build(), null, null, files(), clock);
        http.start(engine);
    }

    private static StaticFiles files() {
        StaticFiles.Builder files = StaticFiles.builder();
        for (TrackerFile file : Tracker.files()) {
            files.add("/" + file.name(), file.name(), file.bytes(), StaticFiles.Kind.SCRIPT);
        }
        return files.build();
    }

    int port() {
        return http.port();
    }

    /** Puts the clock of the engine forward. */
    void putForward(long millis) {
        shift.addAndGet(millis);
    }

    /** Milliseconds of the engine's clock. */
    long now() {
        return System.currentTimeMillis() + shift.get();
    }

    /** How often the engine has counted this. */
    long counted(Counter counter) {
        return engine.counters().total(counter);
    }

    /** The first column of each row. */
    List<String> rows(String sql) {
        engine.flush().join();
        return rows(database, sql);
    }

    long number(String sql) {
        return Long.parseLong(rows(sql).get(0));
    }

    static long number(Path database, String sql) {
        return Long.parseLong(rows(database, sql).get(0));
    }

    private static List<String> rows(Path database, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        engine.close();
    }
}
