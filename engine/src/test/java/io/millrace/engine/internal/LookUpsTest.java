package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Beacon;
import io.millrace.engine.internal.LookUps.Asker;
import org.junit.jupiter.api.Test;

class LookUpsTest {
    private static final long LIMIT = 20_000_000;

    private long now;
    private final LookUps lookUps = new LookUps(LIMIT, () -> now);

    @Test
    void arraysHaveHalfOfTheTimeAndTakeNothingFromThoseThatComeAlone() {
        spend(Asker.ARRAY, LIMIT / 2);
        assertSpent(Asker.ARRAY);
        spend(Asker.ALONE, LIMIT / 2);
        spend(Asker.ALONE, LIMIT / 2);
        assertSpent(Asker.ALONE);
    }

    @Test
    void oneAnswerThatTakesLongDoesNotEndItForAll() {
        lookUps.run(Asker.ALONE, () -> now += 10 * LIMIT);
        assertThat(lookUps.run(Asker.ALONE, () -> 7)).isEqualTo(7);
    }

    @Test
    void whoWaitsAnywayIsNeverRefused() {
        spend(Asker.ALONE, LIMIT);
        assertThat(lookUps.run(Asker.PATIENT, () -> 7)).isEqualTo(7);
    }

    @Test
    void trustedSendersWait() {
        assertThat(Asker.of(Beacon.pageview(1).trusted(true).build(), 500)).isEqualTo(Asker.PATIENT);
        assertThat(Asker.of(Beacon.pageview(1).build(), 500)).isEqualTo(Asker.ARRAY);
        assertThat(Asker.of(Beacon.pageview(1).build(), 10)).as("a few").isEqualTo(Asker.ALONE);
    }

    private void assertSpent(Asker asker) {
        assertThatThrownBy(() -> lookUps.run(asker, () -> 7)).isInstanceOf(LookUps.Spent.class);
    }

    /** Asks a storage for so long. */
    private void spend(Asker asker, long nanos) {
        for (long left = nanos; left > 0; left -= LIMIT / 8) {
            lookUps.run(asker, () -> now += LIMIT / 8);
        }
    }
}
