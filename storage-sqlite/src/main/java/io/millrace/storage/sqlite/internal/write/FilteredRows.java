package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.mapper.FilteredMapper;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
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
            earlier_visitor, since, session_id, event, bytes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """;
    private static final String EXCLUDED =
            "UPDATE exclusions SET count = CASE WHEN day = ? THEN count ELSE 0 END + 1, day = ? WHERE id = ?";
    private static final String COUNT = """
        INSERT INTO filtered_bytes (site_id, bytes) VALUES (?, ?)
        ON CONFLICT (site_id) DO UPDATE SET bytes = bytes + excluded.bytes\
        """;
    /** So many at once, whatever they are. */
    private static final int LOOKED_AT = 2_000;

    private static final String LOOK =
            "SELECT id, reason, session_id IS NOT NULL, event IS NOT NULL FROM filtered_events"
                    + " INDEXED BY filtered_events_by_site WHERE site_id = ? ";

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
            Event.Excluded by = filtered.event().excluded();
            if (by != null) {
                sql.run(EXCLUDED, filtered.epochDay(), filtered.epochDay(), by.id());
            }
        }
        PreparedStatement insert = sql.get(INSERT);
        for (FilteredEvent filtered : events) {
            bytes.merge(filtered.event().site().id(), (long) add(insert, filtered), Long::sum);
        }
        insert.executeBatch();
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

    /** Adds a row, and says about how many bytes it takes. */
    private static int add(PreparedStatement insert, FilteredEvent filtered) throws SQLException {
        Event e = filtered.event();
        // Only what can count again is kept whole: the rest would push it out.
        boolean kept = e.filtered() != Counter.FILTERED_NO_VISIT
                && (e.excluded() == null || e.excluded().kept());
        String rest = kept ? FilteredMapper.rest(filtered) : null;
        int size = ROW
                + 2 * (bytes(e.visitor()) + bytes(e.earlierVisitor()))
                + bytes(e.hostname())
                + bytes(e.path())
                + bytes(e.source())
                + bytes(rest);
        Object[] columns = {
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
            e.earlierVisitor(),
            filtered.since(),
            filtered.ofVisit() == null ? null : filtered.ofVisit().visitId(),
            rest,
            size
        };
        for (int i = 0; i < columns.length; i++) {
            StatementCache.set(insert, i + 1, columns[i]);
        }
        insert.addBatch();
        return size;
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

    /** What never counted, for this reason, and came after one with this id, as far as it is all there. */
    static StorageWriter.Kept filtered(
            StatementCache sql, Site site, Counter reason, long after, int limit, IntFunction<Affiliate> affiliates)
            throws SQLException {
        String look = LOOK + "AND id > ? ORDER BY id LIMIT " + LOOKED_AT;
        return read(sql, look, site, reason, false, after, limit, affiliates);
    }

    /** What was withdrawn for this reason before one with this id, the latest of it, in order. */
    static StorageWriter.Kept withdrawn(
            StatementCache sql, Site site, Counter reason, long before, int limit, IntFunction<Affiliate> affiliates)
            throws SQLException {
        String look = LOOK + "AND id < ? ORDER BY id DESC LIMIT " + LOOKED_AT;
        return read(sql, look, site, reason, true, before, limit, affiliates);
    }

    private static StorageWriter.Kept read(
            StatementCache sql,
            String look,
            Site site,
            Counter reason,
            boolean counted,
            long from,
            int limit,
            IntFunction<Affiliate> affiliates)
            throws SQLException {
        List<Long> found = new ArrayList<>();
        long reached = from;
        try (ResultSet rows = sql.bind(look, site.id(), from).executeQuery()) {
            while (found.size() < limit && rows.next()) {
                reached = rows.getLong(1);
                if (rows.getString(2).equals(reason.reason()) && rows.getBoolean(3) == counted && rows.getBoolean(4)) {
                    found.add(reached);
                }
            }
        }
        List<FilteredEvent> events = new ArrayList<>();
        sql.each(
                "SELECT " + FilteredMapper.COLUMNS + " FROM filtered_events"
                        + " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                row -> events.add(FilteredMapper.event(row, site, affiliates)),
                SqlJson.array(found));
        return new StorageWriter.Kept(events, reached, reached != from);
    }

    /** Whether something is too old to be kept. */
    static boolean anyOld(StatementCache sql, long now) throws SQLException {
        return sql.number(0, "SELECT 1 FROM filtered_events WHERE since < ? LIMIT 1", now - KEPT_MILLIS) != 0;
    }

    /** Removes some of what is too old. */
    static int removeOld(StatementCache sql, long now) throws SQLException {
        Map<Integer, Long> removed = new TreeMap<>();
        int rows = 0;
        try (ResultSet gone = sql.bind(
                        "DELETE FROM filtered_events WHERE id IN (SELECT id FROM filtered_events WHERE since < ? LIMIT"
                                + " 2000) RETURNING site_id, bytes",
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
