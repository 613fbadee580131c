package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import io.millrace.storage.sqlite.internal.state.SiteTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes a visitor with all rows, and counts the days anew that it had been on. The visits of one day at a time, because
 * a day of a busy site takes a second to count, and nobody else's page views are written meanwhile.
 */
final class Erasure implements Removal {
    private static final String OF_VISITOR = " FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id = ?1";
    private static final String UNTIL = OF_VISITOR + " AND started_at < ?2";
    private static final String VISITS = " WHERE session_id IN (SELECT id" + UNTIL + ")";
    private static final String DAYS = "SELECT started_at" + UNTIL
            + " UNION SELECT p.time FROM sessions s INDEXED BY sessions_by_visitor CROSS JOIN page_views p ON"
            + " p.session_id = s.id WHERE s.visitor_id = ?1 AND s.started_at < ?2 UNION SELECT e.time FROM sessions s"
            + " INDEXED BY sessions_by_visitor CROSS JOIN events e ON e.session_id = s.id WHERE s.visitor_id = ?1 AND"
            + " s.started_at < ?2";
    private static final long NEVER = Long.MAX_VALUE;

    private final CommittedState state;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final Checkpoints checkpoints;
    private final int siteId;
    private final String visitor;

    /** The days, in UTC, of which the visitor has visits in packs alone, with how many; null: not looked yet. */
    @Fixed("the days of a visitor")
    private TreeMap<Integer, RowCount> packed;

    /** The one of them that a step has removed. */
    private Integer packedDay;

    private SiteTable.Kept keptThen;

    Erasure(
            CommittedState state,
            WriteConnection connection,
            ReadConnections readers,
            Checkpoints checkpoints,
            int siteId,
            String visitor) {
        this.state = state;
        this.connection = connection;
        this.readers = readers;
        this.checkpoints = checkpoints;
        this.siteId = siteId;
        this.visitor = visitor;
    }

    @Override
    public void look() {
        readers.readWithoutHurry("erase", () -> state.sites().kept(siteId), (sql, kept) -> {
            packed = new TreeMap<>();
            keptThen = kept;
            int id = VisitorNames.find(sql, siteId, visitor);
            List<Pack> packs = id != 0 && kept.packsOnly(Long.MIN_VALUE)
                    ? PackTable.list(sql, siteId, Integer.MIN_VALUE, PackedDays.dayOf(kept.rowsFrom()))
                    : List.of();
            for (Pack pack : packs) {
                PackedVisits found = PackedVisits.of(sql, pack)
                        .where(visit -> visit.visitor() == id)
                        .withoutRows();
                if (!found.ids().isEmpty()) {
                    packed.merge(pack.day(), found.count(), RowCount::plus);
                }
            }
            return null;
        });
    }

    @Override
    public RowCount count() {
        look();
        return readers.read("erase", sql -> {
            int id = VisitorNames.find(sql, siteId, visitor);
            return id == 0
                    ? RowCount.NONE
                    : packed.values().stream()
                            .reduce(count(sql, id, NEVER), RowCount::plus)
                            .plus(new RowCount(1, 0, 0, 0));
        });
    }

    private static RowCount count(StatementCache sql, int visitor, long until) throws SQLException {
        return sql.first(
                null,
                "SELECT count(*), sum(page_count), sum(event_count)" + UNTIL,
                row -> new RowCount(0, row.getLong(1), row.getLong(2), row.getLong(3)),
                visitor,
                until);
    }

    /** The visits of the first day, and with the last of them the visitor. */
    @Override
    public Step step() {
        connection.use("checkpoint", sql -> checkpoints.beforeBatch(sql, Pruning.HITS_A_STEP));
        Step step = connection.transact("erase", this::step);
        if (packedDay != null) {
            packed.remove(packedDay);
            packedDay = null;
        }
        return step;
    }

    private Step step(StatementCache sql) throws SQLException {
        sql.run(
                "UPDATE filtered_bytes SET bytes = max(0, bytes - (SELECT coalesce(sum(bytes), 0) FROM filtered_events"
                        + " INDEXED BY filtered_events_by_visitor WHERE site_id = ?1 AND visitor = ?2)) WHERE site_id ="
                        + " ?1",
                siteId,
                visitor);
        sql.run(
                "DELETE FROM filtered_events INDEXED BY filtered_events_by_visitor WHERE site_id = ? AND visitor = ?",
                siteId,
                visitor);
        sql.run(
                "UPDATE filtered_events INDEXED BY filtered_events_by_earlier_visitor SET earlier_visitor = NULL"
                        + " WHERE site_id = ? AND earlier_visitor = ?",
                siteId,
                visitor);
        int id = state.dictionary().visitorIfKnown(sql, siteId, visitor);
        if (id == 0) {
            return new Step(RowCount.NONE, true);
        }
        state.generations().raise(sql, siteId);
        Site site = state.sites().get(siteId);
        long first = firstStart(sql, id);
        if (first != NEVER) {
            long end = site.startOfDay(site.dayOf(first) + 1);
            return new Step(
                    removeVisits(sql, site, id, Math.max(first + 1, end)), false); // clocks go back over midnight
        }
        if (packed == null || state.sites().kept(siteId) != keptThen) {
            return new Step(RowCount.NONE, false); // rows that were there may be in packs alone by now
        }
        if (!packed.isEmpty()) {
            packedDay = packed.firstKey();
            return new Step(removeFromPacks(sql, site, id, packedDay), false);
        }
        removeVisitor(sql, id);
        return new Step(new RowCount(1, 0, 0, 0), true);
    }

    private static long firstStart(StatementCache sql, int visitor) throws SQLException {
        return sql.number(NEVER, "SELECT started_at" + OF_VISITOR + " ORDER BY started_at LIMIT 1", visitor);
    }

    private RowCount removeVisits(StatementCache sql, Site site, int visitor, long until) throws SQLException {
        RowCount count = count(sql, visitor, until);
        Set<Integer> days = days(sql, site, visitor, until);
        removeFromPacks(sql, site.id(), visitor, until);
        sql.run("DELETE FROM page_views" + VISITS, visitor, until);
        sql.run("DELETE FROM events" + VISITS, visitor, until);
        sql.run("DELETE FROM crossing_visits" + VISITS, visitor, until);
        sql.run("DELETE FROM affiliate_visits" + VISITS, visitor, until);
        sql.run(
                "UPDATE conversions INDEXED BY conversions_by_visitor SET session_id = 0 WHERE visitor_id = ?1"
                        + " AND session_id IN (SELECT id" + UNTIL + ")",
                visitor,
                until);
        sql.run("DELETE" + UNTIL, visitor, until);
        rewrite(sql, site, days);
        return count;
    }

    private void rewrite(StatementCache sql, Site site, Set<Integer> days) throws SQLException {
        for (int day : days) {
            if (day >= state.sites().completeFrom(site)) {
                state.days().rewrite(sql, SiteDays.of(site, day));
            }
        }
    }

    /** Visits of one day, in UTC, that only packs have. */
    private RowCount removeFromPacks(StatementCache sql, Site site, int visitor, int day) throws SQLException {
        RowCount count = RowCount.NONE;
        Set<Integer> days = new TreeSet<>();
        for (Pack pack : PackTable.list(sql, site.id(), day, day)) {
            PackedVisits found = PackedVisits.of(sql, pack).where(visit -> {
                boolean his = visit.visitor() == visitor;
                for (int hit = visit.firstHit(); his && hit < visit.endHit(); hit++) {
                    days.add(site.dayOf(visit.time(hit)));
                }
                return his;
            });
            PackTable.supersede(sql, site.id(), day, found.ids());
            count = count.plus(found.count());
        }
        state.packs().removed();
        rewrite(sql, site, days);
        return count;
    }

    private void removeFromPacks(StatementCache sql, int siteId, int visitor, long until) throws SQLException {
        Map<Integer, List<Long>> visits = new TreeMap<>();
        sql.each(
                "SELECT id, started_at" + UNTIL,
                row -> visits.computeIfAbsent(PackedDays.dayOf(row.getLong(2)), d -> new ArrayList<>())
                        .add(row.getLong(1)),
                visitor,
                until);
        for (Map.Entry<Integer, List<Long>> day : visits.entrySet()) {
            PackTable.supersede(sql, siteId, day.getKey(), day.getValue());
        }
        state.packs().removed();
    }

    private Set<Integer> days(StatementCache sql, Site site, int visitor, long until) throws SQLException {
        Set<Integer> days = new TreeSet<>();
        sql.each(DAYS, row -> days.add(site.dayOf(row.getLong(1))), visitor, until);
        return days;
    }

    private void removeVisitor(StatementCache sql, int id) throws SQLException {
        sql.run("DELETE FROM affiliate_visits INDEXED BY affiliate_visits_by_visitor WHERE visitor_id = ?", id);
        sql.run(
                "UPDATE conversions INDEXED BY conversions_by_visitor SET visitor_id = 0, session_id = 0, sent = NULL"
                        + " WHERE visitor_id = ?",
                id);
        sql.run("DELETE FROM visitors WHERE id = ?", id);
        sql.run(
                "DELETE FROM packed_visitors WHERE site_id = ? AND key = ? AND id = ?",
                siteId,
                VisitorNames.key(visitor),
                id);
        state.dictionary().forgetVisitors();
    }
}
