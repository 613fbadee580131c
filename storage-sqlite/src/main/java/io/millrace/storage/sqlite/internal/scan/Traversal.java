package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One worker's way through what is selected of segments: a range of visitors after the other. Not thread-safe. */
final class Traversal {
    /** What is selected of the range at hand. */
    private final Gathering gathered;

    private final VisitorRanges ranges;
    private final List<VisitSelector> selectors;
    private final Deque<VisitorRanges.Range> rest = new ArrayDeque<>();
    private VisitorRanges.Range range;

    /**
     * @param first the segment to begin with: who begins with another one reads while others use what they have read
     * @param gathered what is selected is added to it
     * @param selector of a segment
     */
    Traversal(
            VisitorRanges ranges,
            List<? extends Segment> segments,
            int first,
            Gathering gathered,
            Function<Segment, VisitSelector> selector) {
        this.ranges = ranges;
        this.gathered = gathered;
        selectors = IntStream.range(0, segments.size())
                .mapToObj(i -> selector.apply(segments.get((first + i) % segments.size())))
                .toList();
    }

    /** Gathers the next range; whether there was one. */
    boolean next() throws SQLException {
        if (!rest.isEmpty()) {
            range = rest.pop();
        } else {
            range = range == null ? ranges.first() : ranges.next(range, gathered.visits());
        }
        while (range != null && !gather()) {
            rest.push(range.secondHalf());
            range = range.firstHalf();
        }
        return range != null;
    }

    /** Whether it was not too much at once. */
    private boolean gather() throws SQLException {
        gathered.clear();
        for (int i = 0; i < selectors.size(); i++) {
            selectors.get(i).gather(ranges.from(range), ranges.to(range));
            gathered.courtesy.offer();
            if (range.divisible() && VisitorRanges.tooMuch(gathered)) {
                selectors.subList(0, i + 1).forEach(VisitSelector::takeBack);
                return false;
            }
        }
        return true;
    }
}
