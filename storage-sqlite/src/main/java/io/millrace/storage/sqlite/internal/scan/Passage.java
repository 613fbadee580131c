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
            Scratch scratch = new Scratch(lease, selection, walk);
            List<Gatherer> gatherers = segments.stream()
                    .map(segment -> new Gatherer(segment, selection, scratch))
                    .toList();
            for (VisitorRanges.Range range = ranges.first();
                    range != null;
                    range = ranges.next(range, scratch.gathered.visits())) {
                scratch.gathered.clear();
                for (Gatherer gatherer : gatherers) {
                    gatherer.gather(range.from(), range.to());
                }
                step.take(scratch.gathered);
            }
        }
    }
}
