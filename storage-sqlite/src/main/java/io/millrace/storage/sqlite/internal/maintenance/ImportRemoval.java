package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Import;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Removes the visits that an import opened, those that began on one day at a step, and counts the days anew that they had been on; with
 * the last of them the import. Visitors without visits stay as names, as after pruning.
 */
final class ImportRemoval implements Removal {
    private static final String OF_IMPORT =
            " FROM import_visits i CROSS JOIN sessions s ON s.id = i.session_id WHERE i.import_id = ?";
    private static final String SELECTED = " IN (SELECT value FROM json_each(?))";

    private final CommittedState state;
    private final WriteConnection connection;
    private final ReadConnections readers;
    private final Checkpoints checkpoints;
    private final Import brought;
    private final Consumer<List<Long>> removed;

    /** @param removed told the visits that a step removes */
    ImportRemoval(
            CommittedState state,
            WriteConnection connection,
            ReadConnections readers,
            Checkpoints checkpoints,
            Import brought,
            Consumer<List<Long>> removed) {
        this.state = state;
        this.connection = connection;
        this.readers = readers;
        this.checkpoints = checkpoints;
        this.brought = brought;
        this.removed = removed;
    }

    @Override
    public void look() {
        // Everything is found by the step.
    }

    @Override
    public RowCount count() {
        return readers.read(
                "removal of an import",
                sql -> sql.first(
                        RowCount.NONE,
                        "SELECT count(*), sum(s.page_count), sum(s.event_count)" + OF_IMPORT,
                        row -> new RowCount(0, row.getLong(1), row.getLong(2), row.getLong(3)),
                        brought.id()));
    }

    @Override
    public Step step() {
        connection.use("checkpoint", sql -> checkpoints.beforeBatch(sql, Pruning.HITS_A_STEP));
        return connection.transact("removal of an import", this::step);
    }

    private Step step(StatementCache sql) throws SQLException {
        Site site = state.sites().get(brought.siteId());
        state.generations().raise(sql, site.id());
        long first = sql.number(
                Long.MAX_VALUE, "SELECT min(s.started_at)" + OF_IMPORT + " HAVING count(*) > 0", brought.id());
        if (first == Long.MAX_VALUE) {
            sql.run(
                    "DELETE FROM import_visits WHERE import_id = ?",
                    brought.id()); // of visits that were pruned or erased
            sql.run("DELETE FROM imports WHERE id = ?", brought.id());
            sql.run("DELETE FROM positions WHERE source = ?", brought.source());
            removed.accept(List.of());
            return new Step(RowCount.NONE, true);
        }
        long until = Math.max(first + 1, site.startOfDay(site.dayOf(first) + 1)); // clocks go back over midnight
        Map<Integer, List<Long>> visits = new TreeMap<>();
        long[] hits = new long[2];
        sql.each(
                "SELECT s.id, s.started_at, s.page_count, s.event_count" + OF_IMPORT + " AND s.started_at < ?",
                row -> {
                    visits.computeIfAbsent(PackedDays.dayOf(row.getLong(2)), day -> new ArrayList<>())
                            .add(row.getLong(1));
                    hits[0] += row.getLong(3);
                    hits[1] += row.getLong(4);
                },
                brought.id(),
                until);
        List<Long> all = visits.values().stream().flatMap(List::stream).toList();
        remove(sql, site, visits, SqlJson.array(all));
        removed.accept(all);
        return new Step(new RowCount(0, all.size(), hits[0], hits[1]), false);
    }

    private void remove(StatementCache sql, Site site, Map<Integer, List<Long>> visits, String all)
            throws SQLException {
        Set<Integer> days = new TreeSet<>();
        for (String times : List.of(
                "SELECT started_at FROM sessions WHERE id",
                "SELECT time FROM page_views WHERE session_id",
                "SELECT time FROM events WHERE session_id")) {
            sql.each(times + SELECTED, row -> days.add(site.dayOf(row.getLong(1))), all);
        }
        for (Map.Entry<Integer, List<Long>> day : visits.entrySet()) {
            PackTable.supersede(sql, site.id(), day.getKey(), day.getValue());
        }
        state.packs().removed();
        for (String table : List.of("page_views", "events", "crossing_visits", "affiliate_visits", "import_visits")) {
            sql.run("DELETE FROM " + table + " WHERE session_id" + SELECTED, all);
        }
        sql.run("UPDATE conversions SET session_id = 0 WHERE site_id = ? AND session_id" + SELECTED, site.id(), all);
        sql.run("DELETE FROM sessions WHERE id" + SELECTED, all);
        for (int day : days) {
            if (day >= state.sites().completeFrom(site)) {
                state.days().rewrite(sql, SiteDays.of(site, day));
            }
        }
    }
}
