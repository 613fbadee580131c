package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old rows a few at a time; what was counted of them stays. */
record Pruning(CommittedState state, WriteConnection connection) {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
    private static final int VISITS_A_STEP = 400;
    static final int HITS_A_STEP = 4_000;
    private static final int PAGES_A_STEP = 200;
    private static final long DAY_MILLIS = 86_400_000;
    private static final String OLD =
            "FROM sessions INDEXED BY sessions_by_start WHERE site_id = ?1 AND started_at < ?2 AND started_at + length_ms < ?2";

    private static final String START = """
            SELECT coalesce(min(started_at), ?3) FROM sessions INDEXED BY sessions_by_start
            WHERE site_id = ?1 AND started_at >= ?2""";

    /** A visitor goes with the last of his visits, when all of them are old and nothing else names him. */
    private static final String COUNT = """
            SELECT sum(
                    NOT EXISTS (
                        SELECT 1 FROM sessions o INDEXED BY sessions_by_visitor
                        WHERE o.visitor_id = s.visitor_id AND (o.started_at, o.id) > (s.started_at, s.id))
                    AND NOT EXISTS (
                        SELECT 1 FROM sessions o INDEXED BY sessions_by_visitor
                        WHERE o.visitor_id = s.visitor_id AND o.started_at >= ?5 AND o.started_at + o.length_ms >= ?4)
                    AND NOT EXISTS (
                        SELECT 1 FROM conversions c INDEXED BY conversions_by_visitor WHERE c.visitor_id = s.visitor_id)
                    AND NOT EXISTS (
                        SELECT 1 FROM affiliate_visits a INDEXED BY affiliate_visits_by_visitor
                        WHERE a.visitor_id = s.visitor_id)),
                count(*), sum(s.page_count), sum(s.event_count)
            FROM sessions s INDEXED BY sessions_by_start
            WHERE s.site_id = ?1 AND s.started_at >= ?2 AND s.started_at < ?3 AND s.started_at + s.length_ms < ?4""";

    private static final String UNUSED_VISITOR = """
            DELETE FROM visitors WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM sessions s INDEXED BY sessions_by_visitor WHERE s.visitor_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM conversions c INDEXED BY conversions_by_visitor WHERE c.visitor_id = ?1)
                AND NOT EXISTS (
                    SELECT 1 FROM affiliate_visits a INDEXED BY affiliate_visits_by_visitor WHERE a.visitor_id = ?1)""";

    /** What would go. A day at a time, because a busy server stops a read that takes longer. */
    RowCount count(ReadConnections readers, long olderThan) {
        RowCount count = RowCount.NONE;
        for (Site site : state.sites().all()) {
            long before = site.startOfDay(site.dayOf(olderThan));
            for (long from = start(readers, site, 0, before); from < before; ) {
                long to = Math.min(from + DAY_MILLIS, before);
                long since = from;
                count = count.plus(readers.read("prune", sql -> count(sql, site.id(), since, to, before)));
                from = start(readers, site, to, before);
            }
        }
        return count;
    }

    /** The first start of a visit at or after an instant, or {@code end}. */
    private static long start(ReadConnections readers, Site site, long from, long end) {
        return readers.read("prune", sql -> sql.number(end, START, site.id(), from, end));
    }

    private RowCount count(StatementCache sql, int siteId, long from, long to, long before) throws SQLException {
        long unended = before - state.offsets().get().after();
        try (ResultSet row = sql.bind(COUNT, siteId, from, to, before, unended).executeQuery()) {
            row.next();
            return new RowCount(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    /** One small transaction; nothing removed means that nothing is left to remove. */
    RowCount step(long olderThan) {
        for (Site site : state.sites().all()) {
            int firstDayKept = site.dayOf(olderThan);
            RowCount removed = step(site, firstDayKept);
            if (!removed.isEmpty()) {
                int complete = Math.max(firstDayKept, state.sites().rowsCompleteFrom(site.id()));
                state.sites().rowsCompleteFrom(site.id(), complete); // now that it is committed
                giveBack();
                return removed;
            }
        }
        return RowCount.NONE;
    }

    /** Gives free pages back to the file system. What was removed is removed even when that fails. */
    private void giveBack() {
        try {
            connection.use("incremental vacuum", sql -> sql.pragma("incremental_vacuum(" + PAGES_A_STEP + ")"));
        } catch (StorageException e) {
            LOG.warn("free pages stay in the file for now: {}", e.getMessage());
        }
    }

    private RowCount step(Site site, int firstDayKept) {
        long before = site.startOfDay(firstDayKept);
        return connection.transact("prune", sql -> {
            List<Long> visits = new ArrayList<>();
            Set<Integer> visitors = new TreeSet<>();
            Set<Integer> days = new TreeSet<>();
            PreparedStatement old = sql.bind(
                    "SELECT id, visitor_id, page_count + event_count, started_at " + OLD
                            + " ORDER BY started_at LIMIT ?3",
                    site.id(),
                    before,
                    VISITS_A_STEP);
            try (ResultSet rows = old.executeQuery()) {
                for (int hits = 0; hits < HITS_A_STEP && rows.next(); hits += rows.getInt(3)) {
                    visits.add(rows.getLong(1));
                    visitors.add(rows.getInt(2));
                    days.add(PackedDays.dayOf(rows.getLong(4)));
                }
            }
            for (int day : days) {
                PackTable.supersede(sql, site.id(), day, visits);
            }
            state.packs().removed();
            return visits.isEmpty() ? RowCount.NONE : remove(sql, site, firstDayKept, visits, visitors);
        });
    }

    private RowCount remove(StatementCache sql, Site site, int firstDayKept, List<Long> visits, Set<Integer> visitors)
            throws SQLException {
        if (state.sites().rowsCompleteFrom(site.id()) < firstDayKept) {
            saveDays(sql, site, firstDayKept);
            String date = LocalDate.ofEpochDay(firstDayKept).toString();
            sql.run("UPDATE sites SET rows_complete_from = ? WHERE id = ?", date, site.id());
        }
        int pages = 0;
        int events = 0;
        for (long visit : visits) {
            pages += sql.run("DELETE FROM page_views WHERE session_id = ?", visit);
            events += sql.run("DELETE FROM events WHERE session_id = ?", visit);
            sql.run("DELETE FROM crossing_visits WHERE session_id = ?", visit);
            sql.run("DELETE FROM sessions WHERE id = ?", visit);
        }
        int gone = 0;
        for (int visitor : visitors) {
            gone += sql.run(UNUSED_VISITOR, visitor);
        }
        state.dictionary().forgetVisitors();
        state.generations().raise(sql, site.id());
        return new RowCount(gone, visits.size(), pages, events);
    }

    /** What was counted must stand before its rows go. */
    private void saveDays(StatementCache sql, Site site, int firstDayKept) throws SQLException {
        for (DayRollup day : state.days().dirty()) {
            if (day.siteId == site.id() && day.day < firstDayKept) {
                state.days().save(sql, day);
            }
        }
        state.days().countBefore(sql, site, firstDayKept);
    }
}
