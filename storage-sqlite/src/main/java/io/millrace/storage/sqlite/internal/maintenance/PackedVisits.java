package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.rollup.SegmentVisits;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Some of the visits that count in a pack. */
final class PackedVisits {
    /** Chooses visits. */
    interface Condition {
        boolean test(SegmentVisits visit) throws SQLException;
    }

    private final StatementCache sql;
    private final Pack pack;
    private final Map<Long, RowCount> visits = new TreeMap<>();

    private PackedVisits(StatementCache sql, Pack pack) {
        this.sql = sql;
        this.pack = pack;
    }

    static PackedVisits of(StatementCache sql, Pack pack) {
        return new PackedVisits(sql, pack);
    }

    /** Takes those of which something is true. */
    PackedVisits where(Condition condition) throws SQLException {
        PackSegment segment = new PackSegment(sql, pack, ColumnCache.NONE, new AtomicLong(), null);
        for (SegmentVisits each = new SegmentVisits(sql, List.of(segment)); each.next(); ) {
            if (condition.test(each)) {
                int events = each.endHit() - each.firstHit() - each.pages();
                visits.put(each.id(), new RowCount(0, 1, each.pages(), events));
            }
        }
        return this;
    }

    /** Leaves those out that have rows. */
    PackedVisits withoutRows() throws SQLException {
        if (visits.isEmpty()) {
            return this;
        }
        sql.each(
                "SELECT id FROM sessions WHERE id IN (SELECT value FROM json_each(?))",
                row -> visits.remove(row.getLong(1)),
                SqlJson.array(visits.keySet()));
        return this;
    }

    Set<Long> ids() {
        return visits.keySet();
    }

    RowCount count() {
        return visits.values().stream().reduce(RowCount.NONE, RowCount::plus);
    }
}
