package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.List;

/** Cuts the visitors of segments into ranges that have about so many selected visits that they fit a processor's cache. Thread-safe. */
final class VisitorRanges {
    private static final int VISITS = 1 << 14;

    /** How much larger the next range may be, at most. */
    private static final int GROWTH = 4;

    /** Visitors {@code from <= number < to}. */
    record Range(long from, long to) {}

    /** How many visits all visitors have, selected or not. */
    final long visits;

    private final long end;
    private long next;
    private long step;

    private VisitorRanges(long first, long end, long visits) {
        this.next = first;
        this.end = end;
        this.visits = visits;
        this.step = Math.max(1, (end - first) / (visits / VISITS + 1));
    }

    static VisitorRanges of(List<? extends Segment> segments) throws SQLException {
        long first = Long.MAX_VALUE;
        long end = 0;
        long visits = 0;
        for (Segment segment : segments) {
            if (segment.visits() > 0) {
                Packed visitors = segment.column(PackColumn.VISITOR);
                first = Math.min(first, visitors.get(0));
                end = Math.max(end, visitors.get(segment.visits() - 1) + 1);
                visits += segment.visits();
            }
        }
        return new VisitorRanges(first, end, visits);
    }

    /** Whether it is worth another worker. */
    boolean large() {
        return visits > VISITS;
    }

    /** A range that nobody has had; null: there are no more. */
    synchronized Range first() {
        if (next >= end) {
            return null;
        }
        long from = next;
        next = Math.min(end, from + step);
        return new Range(from, next);
    }

    /**
     * The same, with as many visitors as have so many selected visits if they are like those before.
     *
     * @param selected how many the range before had
     */
    synchronized Range next(Range before, int selected) {
        step = Math.max(1, (before.to() - before.from()) * VISITS / Math.max(selected, VISITS / GROWTH));
        return first();
    }
}
