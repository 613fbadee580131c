package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.Keep;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import io.millrace.storage.sqlite.internal.state.SiteTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old visits a few at a time: their rows, and their packs too, if not even those are kept. */
final class Pruning implements Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
    private static final int VISITS_A_STEP = 400;
    static final int HITS_A_STEP = 4_000;
    private static final int PAGES_A_STEP = 200;
    private static final int LOOKED_AT = 4_000;
    private static final int PACKS_A_STEP = 4;
    private static final int NAMES_A_STEP = 5_000;
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
            SELECT name FROM visitors WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM sessions s INDEXED BY sessions_by_visitor WHERE s.visitor_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM conversions c INDEXED BY conversions_by_visitor WHERE c.visitor_id = ?1)
                AND NOT EXISTS (
                    SELECT 1 FROM affiliate_visits a INDEXED BY affiliate_visits_by_visitor WHERE a.visitor_id = ?1)""";

    private final CommittedState state;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final Checkpoints checkpoints;
    private final long olderThan;
    private final boolean packsToo;

    /** The sites whose visitors are to be looked through, because packs of theirs were removed, with how far that is. */
    @Fixed("one for each site")
    private final Map<Integer, Long> names = new TreeMap<>();

    /** @param olderThan UTC milliseconds; what ended before the day that they are in goes */
    Pruning(
            CommittedState state,
            WriteConnection connection,
            ReadConnections readers,
            Checkpoints checkpoints,
            long olderThan,
            Keep keep) {
        this.state = state;
        this.connection = connection;
        this.readers = readers;
        this.checkpoints = checkpoints;
        this.olderThan = olderThan;
        this.packsToo = keep == Keep.FIGURES;
    }

    @Override
    public void look() {
        // What is old is old.
    }

    private long before(Site site) {
        return site.startOfDay(site.dayOf(olderThan));
    }

    /** A day at a time, because a busy server stops a read that takes longer. */
    @Override
    public RowCount count() {
        RowCount count = RowCount.NONE;
        for (Site site : state.sites().all()) {
            long before = before(site);
            for (long from = start(site, 0, before); from < before; ) {
                long to = Math.min(from + DAY_MILLIS, before);
                long since = from;
                count = count.plus(readers.read("prune", sql -> count(sql, site.id(), since, to, before)));
                from = start(site, to, before);
            }
            if (packsToo && state.sites().kept(site.id()).packsOnly(Long.MIN_VALUE)) {
                count = count.plus(
                        readers.readWithoutHurry("prune", () -> null, (sql, n) -> inPacks(sql, site.id(), before)));
            }
        }
        return packsToo ? count : new RowCount(0, count.visits(), count.pageViews(), count.events());
    }

    /** The first start of a visit at or after an instant, or {@code end}. */
    private long start(Site site, long from, long end) {
        return readers.read("prune", sql -> sql.number(end, START, site.id(), from, end));
    }

    private RowCount count(StatementCache sql, int siteId, long from, long to, long before) throws SQLException {
        long unended = before - state.offsets().get().after();
        return sql.first(
                null,
                COUNT,
                row -> new RowCount(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                siteId,
                from,
                to,
                before,
                unended);
    }

    /** Old visits of which there are no rows any more. */
    private RowCount inPacks(StatementCache sql, int siteId, long before) throws SQLException {
        String names = "SELECT count(*) FROM packed_visitors WHERE site_id = ? AND day < ?";
        RowCount count = new RowCount(sql.number(0, names, siteId, firstDay(before)), 0, 0, 0);
        for (Pack pack : PackTable.list(sql, siteId, Integer.MIN_VALUE, PackedDays.dayOf(before - 1))) {
            count = count.plus(PackedVisits.of(sql, pack)
                    .where(visits -> visits.end() < before)
                    .withoutRows()
                    .count());
        }
        return count;
    }

    @Override
    public Step step() {
        // A step fills the log as a batch does, and there may be no batch between two of them.
        connection.use("checkpoint", sql -> checkpoints.beforeBatch(sql, HITS_A_STEP));
        boolean over = true;
        for (Site site : state.sites().all()) {
            Step step = connection.transact("prune", sql -> step(sql, site, before(site)));
            if (!step.removed().isEmpty()) {
                giveBack();
                return step;
            }
            over &= step.over();
        }
        return new Step(RowCount.NONE, over);
    }

    /** Gives free pages back to the file system. What was removed is removed even when that fails. */
    private void giveBack() {
        try {
            connection.use("incremental vacuum", sql -> sql.pragma("incremental_vacuum(" + PAGES_A_STEP + ")"));
        } catch (StorageException e) {
            LOG.warn("free pages stay in the file for now: {}", e.getMessage());
        }
    }

    private Step step(StatementCache sql, Site site, long before) throws SQLException {
        List<Long> visits = new ArrayList<>();
        Map<Integer, Integer> visitors = new TreeMap<>();
        boolean toBePacked = old(sql, site.id(), before, visits, visitors);
        if (visits.isEmpty() && toBePacked) {
            state.packs().hurry(site.id(), PackedDays.dayOf(before));
            return new Step(RowCount.NONE, false);
        }
        if (!visits.isEmpty()) {
            keepLess(sql, site, before);
            return new Step(remove(sql, site, visits, visitors), false);
        }
        return packsToo ? packs(sql, site, before) : new Step(RowCount.NONE, true);
    }

    /**
     * Finds old visits that have rows, the oldest first; where packs stay, only those of which packs say the same.
     *
     * @param visitors theirs, with the day of the last visit
     * @return whether there are others, which packs must have first
     */
    private boolean old(StatementCache sql, int siteId, long before, List<Long> visits, Map<Integer, Integer> visitors)
            throws SQLException {
        boolean others = false;
        PreparedStatement old = sql.bind(
                "SELECT id, visitor_id, page_count + event_count, started_at " + OLD + " ORDER BY started_at",
                siteId,
                before);
        try (ResultSet rows = old.executeQuery()) {
            int hits = 0;
            for (int i = 0; i < LOOKED_AT && hits < HITS_A_STEP && visits.size() < VISITS_A_STEP && rows.next(); i++) {
                int day = PackedDays.dayOf(rows.getLong(4));
                if (packsToo || state.packs().packed(siteId, day, rows.getLong(1))) {
                    visits.add(rows.getLong(1));
                    visitors.put(rows.getInt(2), day);
                    hits += rows.getInt(3);
                } else {
                    others = true;
                }
            }
        }
        return others;
    }

    /** What was counted must stand before what it was counted from goes. */
    private void keepLess(StatementCache sql, Site site, long before) throws SQLException {
        SiteTable.Kept kept = state.sites().kept(site.id());
        SiteTable.Kept less = kept.without(before, packsToo);
        if (less.packsFrom() > kept.packsFrom()) {
            saveDays(sql, site, site.dayOf(before));
        }
        state.sites().keep(sql, site.id(), less);
        state.generations().raise(sql, site.id());
    }

    private void saveDays(StatementCache sql, Site site, int firstDayKept) throws SQLException {
        for (DayRollup day : state.days().dirty()) {
            if (day.siteId == site.id() && day.day < firstDayKept) {
                state.days().save(sql, day);
            }
        }
        state.days().countBefore(sql, site, firstDayKept);
    }

    private RowCount remove(StatementCache sql, Site site, List<Long> visits, Map<Integer, Integer> visitors)
            throws SQLException {
        if (packsToo) {
            for (int day : new TreeSet<>(visitors.values())) {
                PackTable.supersede(sql, site.id(), day, visits);
            }
            state.packs().removed();
        }
        int pages = 0;
        int events = 0;
        for (long visit : visits) {
            pages += sql.run("DELETE FROM page_views WHERE session_id = ?", visit);
            events += sql.run("DELETE FROM events WHERE session_id = ?", visit);
            sql.run("DELETE FROM crossing_visits WHERE session_id = ?", visit);
            sql.run("DELETE FROM sessions WHERE id = ?", visit);
        }
        boolean packed = state.sites().kept(site.id()).packsOnly(Long.MIN_VALUE) || !packsToo;
        int gone = 0;
        for (Map.Entry<Integer, Integer> visitor : visitors.entrySet()) {
            gone += removeUnused(sql, site, visitor.getKey(), visitor.getValue(), packed) ? 1 : 0;
        }
        state.dictionary().forgetVisitors();
        return new RowCount(packed ? 0 : gone, visits.size(), pages, events);
    }

    /** Nobody can say who a cookieless visitor was, once the salt of the day is gone: of such a site, no names are kept. */
    private boolean removeUnused(StatementCache sql, Site site, int visitor, int day, boolean packed)
            throws SQLException {
        Object name = sql.first(null, UNUSED_VISITOR, row -> row.getObject(1), visitor);
        if (name == null) {
            return false;
        }
        if (packed && !(site.cookieless() && name instanceof Number)) {
            state.dictionary().packVisitor(sql, site.id(), visitor, name, day);
        }
        return sql.run("DELETE FROM visitors WHERE id = ?", visitor) > 0;
    }

    // ------------------------------------------------------------------ packs

    private Step packs(StatementCache sql, Site site, long before) throws SQLException {
        RowCount removed = RowCount.NONE;
        int packs = 0;
        for (Pack pack : PackTable.list(sql, site.id(), Integer.MIN_VALUE, PackedDays.dayOf(before - 1))) {
            PackedVisits old = PackedVisits.of(sql, pack).where(visits -> visits.end() < before);
            if (old.ids().isEmpty()) {
                continue;
            }
            if (packs == 0) {
                keepLess(sql, site, before);
            }
            if (old.ids().size() == pack.live()) {
                PackTable.delete(sql, List.of(pack));
            } else {
                PackTable.supersede(sql, site.id(), pack.day(), old.ids());
            }
            removed = removed.plus(old.count());
            if (++packs == PACKS_A_STEP) {
                break;
            }
        }
        if (packs > 0) {
            state.packs().removed();
            names.putIfAbsent(site.id(), Long.MIN_VALUE);
            return new Step(removed, false);
        }
        return names.containsKey(site.id()) ? names(sql, site, before) : new Step(RowCount.NONE, true);
    }

    /** The first day, in UTC, of which there may be packs when everything before an instant is gone. */
    private int firstDay(long before) {
        return PackedDays.dayOf(before - state.offsets().get().after());
    }

    /** Forgets visitors who are in no pack any more. */
    private Step names(StatementCache sql, Site site, long before) throws SQLException {
        long after = names.get(site.id());
        long last = sql.number(
                Long.MAX_VALUE,
                "SELECT key FROM packed_visitors WHERE site_id = ? AND key > ? ORDER BY key LIMIT 1 OFFSET ?",
                site.id(),
                after,
                NAMES_A_STEP);
        int gone = sql.run(
                "DELETE FROM packed_visitors WHERE site_id = ? AND key > ? AND key <= ? AND day < ?",
                site.id(),
                after,
                last,
                firstDay(before));
        if (last == Long.MAX_VALUE) {
            names.remove(site.id());
        } else {
            names.put(site.id(), last);
        }
        return new Step(new RowCount(gone, 0, 0, 0), last == Long.MAX_VALUE && gone == 0);
    }
}
