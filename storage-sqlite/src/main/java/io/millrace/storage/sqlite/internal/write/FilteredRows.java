package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.mapper.FilteredMapper;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What does not count, kept for 30 days and within bounds: a site that has too much loses its oldest, and when all have
 * together, the one that has most. The store thread's; stateless.
 */
final class FilteredRows {
    static final long SITE_BYTES = 16L << 20;
    static final long ALL_BYTES = 64L << 20;
    private static final long KEPT_MILLIS = 30L * 86_400_000;

    /** What a row takes beside its texts, its places in three indexes included. */
    private static final int ROW = 120;

    private static final int AT_ONCE = 500;
    private static final String INSERT = """
            INSERT INTO filtered_events (site_id, time, reason, type, hostname, path, source, browser, country, day, visitor,
                event, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String COUNT = """
            INSERT INTO filtered_bytes (site_id, bytes) VALUES (?, ?)
            ON CONFLICT (site_id) DO UPDATE SET bytes = bytes + excluded.bytes""";
    private static final String OLDEST =
            "DELETE FROM filtered_events WHERE id IN (SELECT id FROM filtered_events INDEXED BY filtered_events_by_site"
                    + " WHERE site_id = ? ORDER BY id LIMIT " + AT_ONCE + ") RETURNING bytes";

    private FilteredRows() {}

    static void write(StatementCache sql, List<FilteredEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        Map<Integer, Long> bytes = new TreeMap<>();
        for (FilteredEvent filtered : events) {
            Event e = filtered.event();
            // Only what can count again is kept whole: the rest would push it out.
            String rest = Counter.botReasons().contains(e.filtered()) ? FilteredMapper.rest(e) : null;
            int size = ROW
                    + 2 * bytes(e.visitor())
                    + bytes(e.hostname())
                    + bytes(e.path())
                    + bytes(e.source())
                    + bytes(rest);
            sql.run(
                    INSERT,
                    e.site().id(),
                    e.time(),
                    e.filtered().reason(),
                    e.type().name().toLowerCase(Locale.ROOT),
                    e.hostname(),
                    e.path(),
                    e.source(),
                    e.agent().browser(),
                    e.place().country(),
                    filtered.epochDay(),
                    e.visitor(),
                    rest,
                    size);
            bytes.merge(e.site().id(), (long) size, Long::sum);
        }
        for (Map.Entry<Integer, Long> site : bytes.entrySet()) {
            sql.run(COUNT, site.getKey(), site.getValue());
            while (sql.number(0, "SELECT bytes FROM filtered_bytes WHERE site_id = ?", site.getKey()) > SITE_BYTES) {
                removeOldest(sql, site.getKey());
            }
        }
        while (sql.number(0, "SELECT sum(bytes) FROM filtered_bytes") > ALL_BYTES) {
            removeOldest(sql, (int) sql.number(0, "SELECT site_id FROM filtered_bytes ORDER BY bytes DESC LIMIT 1"));
        }
    }

    private static int bytes(String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void removeOldest(StatementCache sql, int siteId) throws SQLException {
        long removed = 0;
        try (ResultSet rows = sql.bind(OLDEST, siteId).executeQuery()) {
            while (rows.next()) {
                removed += rows.getLong(1);
            }
        }
        if (removed == 0) { // there is nothing to remove any more, whatever the sum says
            sql.run("UPDATE filtered_bytes SET bytes = 0 WHERE site_id = ?", siteId);
        }
        less(sql, siteId, removed);
    }

    private static void less(StatementCache sql, int siteId, long bytes) throws SQLException {
        sql.run("UPDATE filtered_bytes SET bytes = max(0, bytes - ?) WHERE site_id = ?", bytes, siteId);
    }

    /** Removes what counts again. */
    static void restored(StatementCache sql, List<FilteredEvent> events) throws SQLException {
        for (FilteredEvent event : events) {
            long bytes = sql.number(0, "DELETE FROM filtered_events WHERE id = ? RETURNING bytes", event.id());
            less(sql, event.event().site().id(), bytes);
        }
    }

    /** What came for this reason after one with this id, as far as it is all there. */
    static List<FilteredEvent> read(
            StatementCache sql, Site site, Counter reason, long after, int limit, IntFunction<Affiliate> affiliates)
            throws SQLException {
        List<FilteredEvent> events = new ArrayList<>();
        sql.each(
                "SELECT " + FilteredMapper.COLUMNS + " FROM filtered_events INDEXED BY filtered_events_by_site"
                        + " WHERE site_id = ? AND id > ? AND reason = ? AND event IS NOT NULL ORDER BY id LIMIT ?",
                row -> events.add(FilteredMapper.event(row, site, affiliates)),
                site.id(),
                after,
                reason.reason(),
                limit);
        return events;
    }

    /** Whether something is too old to be kept. */
    static boolean anyOld(StatementCache sql, long now) throws SQLException {
        return sql.number(0, "SELECT 1 FROM filtered_events WHERE time < ? LIMIT 1", now - KEPT_MILLIS) != 0;
    }

    /** Removes some of what is too old. */
    static int removeOld(StatementCache sql, long now) throws SQLException {
        Map<Integer, Long> removed = new TreeMap<>();
        int rows = 0;
        try (ResultSet gone = sql.bind(
                        "DELETE FROM filtered_events WHERE id IN (SELECT id FROM filtered_events WHERE time < ? LIMIT 2000)"
                                + " RETURNING site_id, bytes",
                        now - KEPT_MILLIS)
                .executeQuery()) {
            for (; gone.next(); rows++) {
                removed.merge(gone.getInt(1), gone.getLong(2), Long::sum);
            }
        }
        for (Map.Entry<Integer, Long> site : removed.entrySet()) {
            less(sql, site.getKey(), site.getValue());
        }
        return rows;
    }
}
