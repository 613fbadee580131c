package io.millrace.storage.sqlite.internal.pack;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads visits with their hits out of rows. Stateless. */
public final class BlockReader {
    /** So many visits fit a block well. */
    public static final int VISITS_A_SLAB = 1 << 14;

    private static final PackColumn[] OF_VISIT = PackColumn.OF_ROWS.toArray(PackColumn[]::new);
    private static final String VISITS = PackColumn.OF_ROWS.stream()
            .map(column -> "s." + column.row())
            .collect(Collectors.joining(
                    ", ",
                    "SELECT ",
                    ", (SELECT typeof(v.name) = 'text' FROM visitors v WHERE v.id = s.visitor_id) FROM sessions s "));
    private static final String PAGES = "SELECT h.session_id, h.time, h.n, h.path_id, coalesce(h.host_id + 1, 0),"
            + " h.engaged_ms, h.scroll FROM sessions s CROSS JOIN page_views h ON h.session_id = s.id";
    private static final String EVENTS = "SELECT h.session_id, h.time, h.n, h.path_id, coalesce(h.host_id + 1, 0),"
            + " h.name_id, h.props, coalesce(h.amount, 0), h.currency"
            + " FROM sessions s CROSS JOIN events h ON h.session_id = s.id";

    private BlockReader() {}

    private record Visit(long[] values, long identified, List<Hit> hits) {
        long start() {
            return values[2];
        }
    }

    private record Hit(
            long time,
            int n,
            int name,
            int path,
            int host,
            long engaged,
            int scroll,
            String props,
            long amount,
            String currency) {
        static final Comparator<Hit> ORDER = Comparator.comparingLong(Hit::time)
                .thenComparing(h -> h.name != 0)
                .thenComparingInt(Hit::n);
    }

    /** The visits with these numbers, a block for each day that some of them started on. */
    public static Collection<VisitBlock> visits(StatementCache sql, Collection<Long> ids) throws SQLException {
        return read(sql, "", new Sql().add(" WHERE s.id IN (SELECT value FROM json_each(?))", SqlJson.array(ids)));
    }

    /** The visits of a site that started in a time. */
    public static Collection<VisitBlock> started(StatementCache sql, int siteId, long from, long to)
            throws SQLException {
        return started(sql, siteId, from, to, Long.MIN_VALUE);
    }

    /** Those of them that were active at or after an instant. */
    public static Collection<VisitBlock> started(StatementCache sql, int siteId, long from, long to, long activeSince)
            throws SQLException {
        return read(
                sql,
                "INDEXED BY sessions_by_start",
                new Sql()
                        .add(
                                " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?"
                                        + " AND s.started_at + s.length_ms >= ?",
                                siteId,
                                from,
                                to,
                                activeSince));
    }

    /** The end of a time that begins at an instant and in which about so many visits of a site start. */
    public static long endOfSlab(StatementCache sql, int siteId, long from, long to, int visits) throws SQLException {
        return sql.number(
                to,
                "SELECT started_at FROM sessions INDEXED BY sessions_by_start WHERE site_id = ? AND started_at > ?"
                        + " AND started_at < ? ORDER BY started_at LIMIT 1 OFFSET ?",
                siteId,
                from,
                to,
                visits);
    }

    private static Collection<VisitBlock> read(StatementCache sql, String index, Sql where) throws SQLException {
        Map<Long, Visit> visits = new HashMap<>();
        new Sql().add(VISITS + index).add(where).each(sql, row -> {
            long[] values = new long[OF_VISIT.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getLong(i + 1);
            }
            visits.put(values[0], new Visit(values, row.getLong(values.length + 1), new ArrayList<>(4)));
        });
        String indexed = "sessions s " + index;
        new Sql()
                .add(PAGES.replace("sessions s", indexed))
                .add(where)
                .each(sql, row -> visits.get(row.getLong(1)).hits.add(page(row)));
        new Sql()
                .add(EVENTS.replace("sessions s", indexed))
                .add(where)
                .each(sql, row -> visits.get(row.getLong(1)).hits.add(event(row)));
        return blocks(visits.values());
    }

    private static Hit page(ResultSet row) throws SQLException {
        return new Hit(
                row.getLong(2),
                row.getInt(3),
                0,
                row.getInt(4),
                row.getInt(5),
                row.getLong(6),
                row.getInt(7),
                null,
                0,
                null);
    }

    private static Hit event(ResultSet row) throws SQLException {
        return new Hit(
                row.getLong(2),
                row.getInt(3),
                row.getInt(6),
                row.getInt(4),
                row.getInt(5),
                0,
                0,
                row.getString(7),
                row.getLong(8),
                row.getString(9));
    }

    private static Collection<VisitBlock> blocks(Collection<Visit> visits) {
        List<Visit> sorted = new ArrayList<>(visits);
        sorted.sort(Comparator.<Visit>comparingLong(v -> v.values[1]).thenComparingLong(v -> v.values[0]));
        Map<Long, VisitBlock> days = new TreeMap<>();
        for (Visit visit : sorted) {
            add(days.computeIfAbsent(Math.floorDiv(visit.start(), VisitBlock.DAY_MILLIS), VisitBlock::new), visit);
        }
        return days.values();
    }

    private static void add(VisitBlock block, Visit visit) {
        int at = block.addVisit();
        for (int i = 0; i < OF_VISIT.length; i++) {
            block.set(OF_VISIT[i], at, visit.values[i]);
        }
        block.set(PackColumn.IDENTIFIED, at, visit.identified);
        block.set(PackColumn.START, at, visit.start() - block.dayStart());
        block.covers(visit.start(), 0);
        visit.hits.sort(Hit.ORDER);
        for (Hit hit : visit.hits) {
            int h = block.addHit();
            block.set(PackColumn.OFFSET, h, hit.time - visit.start());
            block.set(PackColumn.NAME, h, hit.name);
            block.set(PackColumn.PATH, h, hit.path);
            block.set(PackColumn.HIT_HOST, h, hit.host);
            block.set(PackColumn.HIT_ENGAGED, h, hit.engaged);
            block.set(PackColumn.SCROLL, h, hit.scroll);
            block.set(PackColumn.PROPS, h, hit.props == null ? 0 : block.number(hit.props));
            block.set(PackColumn.AMOUNT, h, hit.amount);
            block.set(PackColumn.CURRENCY, h, PackColumn.currency(hit.currency));
            block.covers(hit.time, hit.time - visit.start());
            if (hit.name == 0) {
                block.set(PackColumn.PAGES, at, block.get(PackColumn.PAGES, at) + 1);
            }
        }
    }
}
