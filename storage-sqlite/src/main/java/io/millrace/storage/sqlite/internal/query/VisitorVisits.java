package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The visits of some visitors: out of rows, and of days whose rows are gone out of packs, where who visited may be called by no name.
 * For one question.
 */
final class VisitorVisits {
    private static final Comparator<Start> ORDER =
            Comparator.comparingLong(Start::at).thenComparingLong(Start::id);

    private final StatementCache sql;
    private final SiteScan scan;

    /** Of one visitor. */
    private final int most;

    /** By the visitor's number; each visit once, and no more than the first and the latest that are asked for. */
    private final Map<Integer, TreeSet<Start>> starts = new TreeMap<>();

    VisitorVisits(StatementCache sql, SiteScan scan, int most) {
        this.sql = sql;
        this.scan = scan;
        this.most = most;
    }

    /** A visit's number and start. */
    private record Start(long at, long id) {}

    /**
     * See {@link StorageReader#visits}.
     *
     * @param packed whether some may be in the scan's packs alone
     */
    Map<String, List<Visit>> read(Set<String> visitors, long before, boolean packed) throws SQLException {
        Map<Integer, String> names = VisitorNames.find(sql, scan.siteId(), visitors);
        sql.each(
                "SELECT visitor_id, id, started_at FROM sessions WHERE visitor_id IN (SELECT value FROM json_each(?))"
                        + " AND started_at < ?",
                row -> add(row.getInt(1), row.getLong(3), row.getLong(2)),
                SqlJson.array(names.keySet()),
                before);
        if (packed) {
            for (Segment segment : scan.open()) {
                read(segment, names.keySet(), before);
            }
        }
        Map<Integer, List<Long>> ids = new HashMap<>();
        starts.forEach(
                (visitor, all) -> ids.put(visitor, all.stream().map(Start::id).toList()));
        Map<Long, Visit> visits = VisitReader.visits(
                sql, scan, ids.values().stream().flatMap(List::stream).toList());
        Map<String, List<Visit>> found = new HashMap<>();
        ids.forEach((visitor, some) -> found.put(
                names.get(visitor),
                some.stream().map(visits::get).filter(Objects::nonNull).toList()));
        return found;
    }

    private void add(int visitor, long start, long id) {
        TreeSet<Start> all = starts.computeIfAbsent(visitor, v -> new TreeSet<>(ORDER));
        all.add(new Start(start, id));
        if (all.size() > most) {
            all.remove(all.higher(all.first()));
        }
    }

    /** Visits of a segment, which has them by visitor. */
    private void read(Segment segment, Set<Integer> visitors, long before) throws SQLException {
        Packed visitor = segment.column(PackColumn.VISITOR);
        Packed start = segment.column(PackColumn.START);
        Packed id = segment.column(PackColumn.ID);
        BitSet gone = segment.gone();
        for (int v = 0; v < segment.visits(); v++) {
            long at = segment.dayStart() + start.get(v);
            if (at < before && visitors.contains(visitor.getInt(v)) && (gone == null || !gone.get(v))) {
                add(visitor.getInt(v), at, id.get(v));
            }
        }
    }
}
