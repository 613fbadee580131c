package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.List;

/** Takes what a selection selects of segments through memory, a range of visitors at a time, on the thread that asks. */
final class Passage {
    private Passage() {}

    /** Is shown what was selected of a range. */
    @FunctionalInterface
    interface Step {
        void take(Gathered gathered) throws SQLException;
    }

    /** @param walk whether the time and the visit of each hit are wanted */
    static void run(IntsPool pool, Selection selection, boolean walk, List<? extends Segment> segments, Step step)
            throws SQLException {
        VisitorRanges ranges = VisitorRanges.of(segments);
        try (IntsPool.Lease lease = pool.new Lease()) {
            Gathering gathering = new Gathering(ranges, segments, 0, selection, lease, walk);
            while (gathering.next()) {
                step.take(gathering.gathered);
            }
        }
    }
}
