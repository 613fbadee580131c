package io.millrace.perf.questions;

import io.millrace.engine.Beacon;
import io.millrace.engine.Collector;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.traffic.History;
import io.millrace.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A database with one site and the page views of its last sixty days, as many in the latter thirty as in the former, in a
 * directory in which it is kept. Servers run on copies of it.
 */
public final class Stock {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int DAYS = 60;
    private static final int TOLD = 1_000_000;

    /** So few in flight that the engine's clock, which the latest of them sets, is right for all. */
    private static final int RING_SLOTS = 1_024;

    private final Path file;
    private final Path duck;

    private Stock(Path directory) {
        file = directory.resolve("millrace.db");
        duck = directory.resolve("rows.duckdb");
    }

    /**
     * Fills a directory, or brings one up to now that has been filled before: another day, another day's page views.
     *
     * @param pageViews in thirty days
     */
    public static Stock in(Path directory, long pageViews) throws IOException, SQLException {
        Stock stock = new Stock(Files.createDirectories(directory));
        long now = System.currentTimeMillis();
        long from = Files.exists(stock.file)
                ? 1 + stock.number("SELECT max(started_at) FROM sessions WHERE site_id = 1")
                : start(now);
        if (from / DAY < now / DAY) {
            Files.deleteIfExists(stock.duck);
            stock.fill(pageViews, from, now);
        }
        return stock;
    }

    /** The sixtieth day, today counted. */
    private static long start(long now) {
        return now / DAY * DAY - (DAYS - 1) * DAY;
    }

    private void fill(long pageViews, long from, long to) {
        EngineSettings settings =
                EngineSettings.DEFAULT.with().ringSlots(RING_SLOTS).build();
        AtomicLong clock = new AtomicLong(from);
        try (Engine engine = Engine.builder(SqliteStorage.open(file))
                .settings(settings)
                .clock(() -> Instant.ofEpochMilli(clock.get()))
                .start()) {
            int site = engine.sites().all().stream()
                    .findFirst()
                    .orElseGet(() -> engine.addSite(Site.of("example.com")).join())
                    .id();
            History history = new History(site, from, pageViews, from);
            long start = System.nanoTime();
            long beacons = 0;
            for (Beacon next = history.next(); next.time() < to; next = history.next()) {
                clock.set(next.time());
                offer(engine.collector(), next);
                if (++beacons % TOLD == 0) {
                    say("%,d events stored in %.0f s", beacons, (System.nanoTime() - start) / 1e9);
                }
            }
            engine.flush().join();
            say("%,d events stored in %.0f s", beacons, (System.nanoTime() - start) / 1e9);
        }
    }

    private static void offer(Collector collector, Beacon beacon) {
        while (!collector.offer(beacon, Receipt.NONE)) {
            LockSupport.parkNanos(200_000);
        }
    }

    /** A server on a copy of this; it has not been started. */
    public Millrace server(Millrace.Setup setup) throws IOException, SQLException {
        Millrace server = new Millrace(setup.on(file.toAbsolutePath().getParent()));
        Files.copy(file, server.data().resolve("millrace.db"));
        server.adopt(Long.toString(number("SELECT id FROM sites")));
        return server;
    }

    /** All page views. */
    public long pageViews() throws SQLException {
        return number("SELECT sum(page_views) FROM daily_stats");
    }

    /** The database. */
    public Path file() {
        return file;
    }

    /** Where DuckDB keeps the same rows. */
    Path duck() {
        return duck;
    }

    private long number(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private static void say(String format, Object... values) {
        System.err.printf(Locale.ROOT, format + "%n", values);
    }
}
