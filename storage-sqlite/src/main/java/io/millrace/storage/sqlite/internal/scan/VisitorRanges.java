package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Cuts the visitors of segments into ranges that have about as many selected visits as fit a processor's cache. Where it can cut is
 * known from a sample of the visits, so that no range is larger because its visitors came more often. Thread-safe.
 */
final class VisitorRanges {
    private static final int VISITS = 1 << 14;

    /** How much larger the next range may be, at most. */
    private static final int GROWTH = 4;

    /** Of so many visits of a segment, one says where to cut. */
    private static final int SAMPLE = 1 << 8;

    /** Visitors between two cuts, each a visitor's number: {@code cuts[from] <= number < cuts[to]}. */
    record Range(int from, int to) {
        boolean divisible() {
            return to - from > 1;
        }

        Range firstHalf() {
            return new Range(from, from + to >>> 1);
        }

        Range secondHalf() {
            return new Range(from + to >>> 1, to);
        }
    }

    /** How many visits all visitors have, selected or not. */
    private final long visits;

    private final long[] cuts;
    private int next;

    private VisitorRanges(long[] cuts, long visits) {
        this.cuts = cuts;
        this.visits = visits;
    }

    static VisitorRanges of(List<? extends Segment> segments) throws SQLException {
        LongStream.Builder cuts = LongStream.builder();
        long visits = 0;
        for (Segment segment : segments) {
            if (segment.visits() > 0) {
                Packed visitors = segment.column(PackColumn.VISITOR);
                for (int at = 0; at < segment.visits(); at += SAMPLE) {
                    cuts.add(visitors.get(at));
                }
                cuts.add(visitors.get(segment.visits() - 1) + 1);
                visits += segment.visits();
            }
        }
        return new VisitorRanges(cuts.build().sorted().distinct().toArray(), visits);
    }

    /** Whether it is worth another worker. */
    boolean large() {
        return visits > VISITS;
    }

    long from(Range range) {
        return cuts[range.from()];
    }

    long to(Range range) {
        return cuts[range.to()];
    }

    /** A range that nobody has had; null: there are no more. */
    Range first() {
        return take(VISITS / SAMPLE);
    }

    /**
     * The same, with as many visitors as have so many selected visits if they are like those before.
     *
     * @param selected how many the range before had
     */
    Range next(Range before, int selected) {
        return take((before.to() - before.from()) * VISITS / Math.max(selected, VISITS / GROWTH));
    }

    private synchronized Range take(int most) {
        if (next >= cuts.length - 1) {
            return null;
        }
        int from = next;
        next = (int) Math.min(cuts.length - 1L, (long) from + Math.max(1, most));
        return new Range(from, next);
    }

    /** Whether so much is gathered that a range must be divided. */
    static boolean tooMuch(Gathering gathered) {
        return gathered.visits() > VISITS * GROWTH || gathered.parts() > VISITS * GROWTH * GROWTH;
    }
}
