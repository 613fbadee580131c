package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.storage.sqlite.Difference;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.BlockMerge;
import io.millrace.storage.sqlite.internal.pack.BlockReader;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.Pace;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.pack.VisitBlock;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import io.millrace.storage.sqlite.internal.state.SiteTable;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Compares packs with the rows that they are a copy of, one day at a time, each as of one moment. For one run. */
final class PackCheck {
    private static final String PACKS = "packs";

    private final ReadConnections readers;
    private final CommittedState state;
    private final List<Difference> differences;
    private final Set<Long> wrong = new TreeSet<>();

    PackCheck(ReadConnections readers, CommittedState state, List<Difference> differences) {
        this.readers = readers;
        this.state = state;
        this.differences = differences;
    }

    /** The days, in UTC, that differ. */
    Set<Long> run(int siteId) {
        for (int day : readers.read("verify", sql -> stored(sql, siteId))) {
            readers.readWithoutHurry("verify", () -> state.packs().view(siteId, day, day), (sql, view) -> {
                if (!view.rowsOnly().contains(day)) {
                    check(sql, siteId, day, view.changed(day, day));
                }
                return null;
            });
        }
        return wrong;
    }

    private static Set<Integer> stored(StatementCache sql, int siteId) throws SQLException {
        Set<Integer> stored = new TreeSet<>();
        sql.each(
                "SELECT day FROM packs WHERE site_id = ?1 UNION SELECT started_at / 86400000 - (started_at < 0)"
                        + " FROM sessions WHERE site_id = ?1",
                row -> stored.add(row.getInt(1)),
                siteId);
        return stored;
    }

    private void check(StatementCache sql, int siteId, int day, Roaring64Bitmap changed) throws SQLException {
        int before = differences.size();
        Roaring64Bitmap seen = new Roaring64Bitmap();
        long withoutRows = 0;
        for (Pack pack : PackTable.list(sql, siteId, day, day)) {
            Set<Long> pruned = pruned(sql, pack);
            pruned.forEach(id -> see(siteId, day, id, seen));
            withoutRows += pruned.size();
            PackSegment segment = new PackSegment(
                    sql,
                    pack,
                    ColumnCache.NONE,
                    new AtomicLong(Long.MAX_VALUE),
                    id -> changed.contains(id) || pruned.contains(id));
            VisitBlock packed = BlockMerge.of(day, List.of(segment), Pace.NONE);
            List<Long> ids = new ArrayList<>();
            for (long id : packed.ids()) {
                see(siteId, day, id, seen);
                ids.add(id);
            }
            compare(siteId, packed, BlockReader.visits(sql, ids));
        }
        String ofDay = "SELECT count(*) FROM sessions WHERE site_id = ? AND started_at >= ? AND started_at < ?";
        long rows = sql.number(0, ofDay, siteId, PackedDays.startOf(day), PackedDays.startOf(day + 1));
        long unpacked = sql.number(
                0,
                ofDay + " AND id IN (SELECT value FROM json_each(?))",
                siteId,
                PackedDays.startOf(day),
                PackedDays.startOf(day + 1),
                SqlJson.array(changed));
        differ(siteId, day, "visits", seen.getLongCardinality() - withoutRows, rows - unpacked);
        if (differences.size() > before) {
            wrong.add(SiteDayKey.siteDay(siteId, day));
        }
    }

    /** The visits of a pack whose rows were pruned, so that there is nothing to compare them with. */
    private Set<Long> pruned(StatementCache sql, Pack pack) throws SQLException {
        SiteTable.Kept kept = state.sites().kept(pack.siteId());
        return kept.packsOnly(PackedDays.startOf(pack.day()))
                ? PackedVisits.of(sql, pack)
                        .where(visit -> visit.end() < kept.rowsFrom())
                        .withoutRows()
                        .ids()
                : Set.of();
    }

    private void see(int siteId, int day, long id, Roaring64Bitmap seen) {
        differ(siteId, day, "visit " + id + " more than once", seen.contains(id) ? 1 : 0, 0);
        seen.addLong(id);
    }

    private void compare(int siteId, VisitBlock packed, Collection<VisitBlock> rows) {
        if (packed.visits() > 0) {
            VisitBlock counted = rows.size() == 1 ? rows.iterator().next() : new VisitBlock(packed.day());
            packed.firstDifference(counted)
                    .ifPresent(d -> differ(siteId, packed.day(), d.column(), d.value(), d.other()));
        }
    }

    private void differ(int siteId, int day, String figure, long stored, long counted) {
        if (stored != counted) {
            differences.add(
                    new Difference(siteId, PACKS, LocalDate.ofEpochDay(day).toString(), figure, stored, counted));
        }
    }
}
