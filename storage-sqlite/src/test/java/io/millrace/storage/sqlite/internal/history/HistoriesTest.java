package io.millrace.storage.sqlite.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor's visits in the order of their starts. */
class HistoriesTest {
    private final Histories histories = new Histories(new IntsPool().new Lease());

    private void visit(long start, long id) {
        histories.starts.add(start);
        histories.ids.add(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 31, 32, 33, 34, 500})
    void putsFewAndManyVisitsInOneOrder(int count) {
        Random random = new Random(count);
        for (int i = 0; i < count + 2; i++) {
            visit(random.nextInt(count), count - i);
        }
        int[] visits = IntStream.range(0, count + 2).toArray();
        histories.sort(visits, 1, count + 1);
        assertThat(visits).startsWith(0).endsWith(count + 1);
        assertThat(visits)
                .containsExactlyInAnyOrder(IntStream.range(0, count + 2).toArray());
        for (int i = 2; i <= count; i++) {
            long later = histories.starts.get(visits[i]) - histories.starts.get(visits[i - 1]);
            assertThat(later).isNotNegative();
            assertThat(later > 0 || histories.ids.get(visits[i]) > histories.ids.get(visits[i - 1]))
                    .as("ties by id")
                    .isTrue();
        }
    }

    @Test
    @Timeout(10)
    void takesNoQuadraticTimeForAStrangersVisits() {
        int count = 1_000_000;
        for (int i = 0; i < count; i++) {
            visit(Duration.ofDays(1).toMillis() - i, i);
        }
        int[] visits = IntStream.range(0, count).toArray();
        histories.sort(visits, 0, count);
        assertThat(visits[0]).isEqualTo(count - 1);
        assertThat(visits[count - 1]).isZero();
    }
}
