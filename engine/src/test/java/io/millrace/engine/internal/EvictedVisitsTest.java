package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Visit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvictedVisitsTest {
    private static final long TURN = 1_800_000;
    private static final int MANY = 100_000;

    private final EvictedVisits evicted = new EvictedVisits(TURN);

    @Test
    void nothingHasLeftAtFirst() {
        assertThat(evicted.latest(key(1))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whoLeftIsKnownAndHardlyAnybodyElse() {
        IntStream.range(0, MANY).forEach(i -> evicted.add(key(i), i, i));
        assertThat(IntStream.range(0, MANY)).allMatch(i -> evicted.latest(key(i)) == MANY - 1);
        assertThat(IntStream.range(MANY, 2 * MANY).filter(i -> evicted.latest(key(i)) != Long.MIN_VALUE))
                .hasSizeLessThan(MANY / 20);
    }

    @Test
    void aSessionOrAnotherSiteIsAnotherVisit() {
        evicted.add(new Visit.Key(1, "v", null), 1, 1);
        assertThat(evicted.latest(new Visit.Key(1, "v", "s"))).isEqualTo(Long.MIN_VALUE);
        assertThat(evicted.latest(new Visit.Key(2, "v", null))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void whatIsForgottenWasLastActiveWhenItSays() {
        assertThat(evicted.add(key(1), 900, 1_000)).isEqualTo(Long.MIN_VALUE);
        assertThat(evicted.add(key(2), 800, 1_000 + TURN - 1)).isEqualTo(Long.MIN_VALUE);
        assertThat(evicted.add(key(3), TURN + 500, 1_000 + TURN))
                .as("two take turns")
                .isEqualTo(Long.MIN_VALUE);
        assertThat(evicted.latest(key(1))).isEqualTo(900);
        assertThat(evicted.add(key(4), 2 * TURN, 1_000 + 2 * TURN)).isEqualTo(900);
        assertThat(evicted.latest(key(1))).isEqualTo(Long.MIN_VALUE);
        assertThat(evicted.latest(key(3))).isEqualTo(TURN + 500);
    }

    private static Visit.Key key(int i) {
        return new Visit.Key(1, "visitor" + i, null);
    }
}
