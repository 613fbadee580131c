package io.millrace.storage.sqlite.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Each visitor is in one range, and a range is no larger because its visitors' numbers are closer together. */
class VisitorRangesTest {
    private static final long DENSE = 10_000_000;

    /** A few visitors from long ago, whose numbers are far apart, and many new ones. */
    private final List<Segment> segments = List.of(
            visitors(LongStream.rangeClosed(1, 1_000).map(i -> i * 5_000)),
            visitors(LongStream.range(DENSE, DENSE + 100_000)),
            visitors(LongStream.range(DENSE + 100, DENSE + 100_100)));

    @Test
    void eachVisitorIsInOneRange() throws SQLException {
        VisitorRanges ranges = VisitorRanges.of(segments);
        long at = 5_000;
        for (VisitorRanges.Range range = ranges.first(); range != null; range = ranges.next(range, 16_384)) {
            assertThat(ranges.from(range)).isEqualTo(at);
            if (range.divisible()) {
                assertThat(ranges.to(range.firstHalf())).isEqualTo(ranges.from(range.secondHalf()));
            }
            at = ranges.to(range);
        }
        assertThat(at).isEqualTo(DENSE + 100_100);
    }

    @Test
    void rangesHaveAboutAsManyVisitsWhetherTheirVisitorsCameOftenOrNot() throws SQLException {
        VisitorRanges ranges = VisitorRanges.of(segments);
        List<Long> visits = new ArrayList<>();
        for (VisitorRanges.Range range = ranges.first(); range != null; range = ranges.next(range, 16_384)) {
            long from = Math.max(DENSE, ranges.from(range));
            visits.add(2 * Math.max(0, ranges.to(range) - from));
        }
        assertThat(visits).allMatch(n -> n <= 17_000).hasSizeBetween(12, 14);
    }

    private static Segment visitors(LongStream numbers) {
        long[] all = numbers.toArray();
        Packed column = Packed.of(all, all.length);
        return (Segment) Proxy.newProxyInstance(
                Segment.class.getClassLoader(),
                new Class<?>[] {Segment.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "visits" -> all.length;
                    case "column" -> arguments[0] == PackColumn.VISITOR ? column : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
