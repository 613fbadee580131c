package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
    private static final int CAPACITY = 1_000;
    private final RecentIds ids = new RecentIds(CAPACITY, 0);

    @Test
    void remembersAtLeastAsManyAsItsCapacityAndSaysSinceWhen() {
        add(0, 10 * CAPACITY + 10);
        assertThat(LongStream.range(9 * CAPACITY + 10, 10 * CAPACITY + 10).allMatch(this::contains))
                .isTrue();
        assertThat(ids.completeSince()).isEqualTo(9 * CAPACITY - 1);
    }

    @Test
    void forgetsWhatIsTwoGenerationsOld() {
        add(0, 3 * CAPACITY);
        assertThat(LongStream.range(0, 2 * CAPACITY).noneMatch(this::contains)).isTrue();
    }

    @Test
    void knowsNothingThatWasNotAdded() {
        add(0, 3 * CAPACITY);
        assertThat(LongStream.range(3 * CAPACITY, 4 * CAPACITY).noneMatch(this::contains))
                .isTrue();
    }

    private void add(long from, long to) {
        LongStream.range(from, to).forEach(i -> ids.add(key(i), i));
    }

    private boolean contains(long i) {
        return ids.contains(key(i));
    }

    private static EventKey key(long i) {
        return new EventKey(i, 31 * i);
    }
}
