package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Period;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.TupleTable;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The visits of segments, one after the other, with their hits. A cursor, so for one thread. */
public final class SegmentVisits {
    private final StatementCache sql;
    private final List<? extends Segment> segments;
    private final Map<String, Map<Integer, int[]>> tuples = new HashMap<>();
    private final Map<PackColumn, Packed> columns = new EnumMap<>(PackColumn.class);
    private Segment segment;
    private int next;
    private BitSet gone;
    private int visit;
    private int firstHit;
    private int endHit;

    public SegmentVisits(StatementCache sql, List<? extends Segment> segments) {
        this(sql, segments, new Period(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** @param period visits that have nothing in it may be left out */
    public SegmentVisits(StatementCache sql, List<? extends Segment> segments, Period period) {
        this.sql = sql;
        this.segments = segments.stream()
                .filter(s -> s.latest() >= period.from() && s.earliest() < period.to())
                .toList();
    }

    /** Goes to the next visit; false: there is none. */
    public boolean next() throws SQLException {
        do {
            while (segment == null || visit + 1 == segment.visits()) {
                if (next == segments.size()) {
                    return false;
                }
                segment = segments.get(next++);
                columns.clear();
                gone = segment.gone();
                visit = -1;
                endHit = 0;
            }
            visit++;
            firstHit = endHit;
            endHit += (int) get(PackColumn.HITS, visit);
        } while (gone != null && gone.get(visit));
        return true;
    }

    private long get(PackColumn column, int at) throws SQLException {
        Packed packed = columns.get(column);
        if (packed == null) {
            packed = segment.column(column);
            columns.put(column, packed);
        }
        return packed.get(at);
    }

    public long id() throws SQLException {
        return get(PackColumn.ID, visit);
    }

    public int visitor() throws SQLException {
        return (int) get(PackColumn.VISITOR, visit);
    }

    /** UTC milliseconds. */
    public long start() throws SQLException {
        return segment.dayStart() + get(PackColumn.START, visit);
    }

    /** UTC milliseconds of its last activity. */
    public long end() throws SQLException {
        return start() + get(PackColumn.LENGTH, visit);
    }

    /** How many of its hits are page views. */
    public int pages() throws SQLException {
        return (int) get(PackColumn.PAGES, visit);
    }

    /** What the visit adds to where it started. */
    public Totals started() throws SQLException {
        Totals one = new Totals();
        one.sessions = 1;
        one.duration = get(PackColumn.LENGTH, visit) / 1000;
        one.engaged = get(PackColumn.ENGAGED, visit);
        one.bounces = pages() == 1 && endHit - firstHit == 1 && one.engaged < Visit.ENGAGED_MILLIS ? 1 : 0;
        return one;
    }

    /** The number of its value of a dimension of visits. */
    public int value(RollupDimension dimension) throws SQLException {
        int number = (int) get(dimension.column(), visit);
        if (dimension.tuples() == null) {
            return number;
        }
        Map<Integer, int[]> known = tuples.computeIfAbsent(dimension.tuples(), t -> new HashMap<>());
        int[] parts = known.get(number);
        if (parts == null) {
            parts = TupleTable.parts(sql, dimension.tuples(), number);
            known.put(number, parts);
        }
        return parts[dimension.part()];
    }

    /** Its first hit, in order of time. */
    public int firstHit() {
        return firstHit;
    }

    /** The one behind its last hit. */
    public int endHit() {
        return endHit;
    }

    /** UTC milliseconds of a hit. */
    public long time(int hit) throws SQLException {
        return start() + get(PackColumn.OFFSET, hit);
    }

    /** Whether a hit is a page view; else it is a custom event. */
    public boolean page(int hit) throws SQLException {
        return get(PackColumn.NAME, hit) == 0;
    }

    public int path(int hit) throws SQLException {
        return (int) get(PackColumn.PATH, hit);
    }
}
