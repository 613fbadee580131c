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
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The visits of some visitors: out of rows, and of days whose rows are gone out of packs, where who visited may be called by no name.
 * For one question.
 */
final class VisitorVisits {
    private static final Comparator<Start> ORDER =
            Comparator.comparingLong(Start::at).thenComparingLong(Start::id);

    private final StatementCache sql;
    private final SiteScan scan;

    /** By the visitor's number; each visit once. */
    private final Map<Integer, Set<Start>> starts = new TreeMap<>();

    VisitorVisits(StatementCache sql, SiteScan scan) {
        this.sql = sql;
        this.scan = scan;
    }

    /** A visit's number and start. */
    private record Start(long at, long id) {}

    /** Visitors by their numbers; those that are not known are left out. */
    static Map<Integer, String> names(StatementCache sql, int siteId, Collection<String> visitors) throws SQLException {
        Map<Integer, String> names = new HashMap<>();
        for (String visitor : Set.copyOf(visitors)) {
            int id = VisitorNames.find(sql, siteId, visitor);
            if (id != 0) {
                names.put(id, visitor);
            }
        }
        return names;
    }

    /**
     * See {@link StorageReader#visits}.
     *
     * @param packed whether some may be in the scan's packs alone
     */
    Map<String, List<Visit>> read(Set<String> visitors, long before, boolean packed) throws SQLException {
        Map<Integer, String> names = names(sql, scan.siteId(), visitors);
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
        starts.forEach((visitor, all) -> ids.put(visitor, some(all)));
        Map<Long, Visit> visits = VisitReader.visits(
                sql, scan, ids.values().stream().flatMap(List::stream).toList());
        Map<String, List<Visit>> found = new HashMap<>();
        ids.forEach((visitor, some) -> found.put(
                names.get(visitor),
                some.stream().map(visits::get).filter(Objects::nonNull).toList()));
        return found;
    }

    private void add(int visitor, long start, long id) {
        starts.computeIfAbsent(visitor, v -> new HashSet<>()).add(new Start(start, id));
    }

    private static List<Long> some(Set<Start> all) {
        List<Start> sorted = new ArrayList<>(all);
        sorted.sort(ORDER);
        if (sorted.size() > StorageReader.MOST_VISITS) {
            sorted.subList(1, sorted.size() - StorageReader.MOST_VISITS + 1).clear();
        }
        return sorted.stream().map(Start::id).toList();
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
