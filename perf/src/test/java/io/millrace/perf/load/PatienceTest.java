package io.millrace.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void waitsTenSecondsForAConnection() {
        Patience patience = new Patience(0, true);
        patience.failed();
        assertThat(patience.isOver(seconds(10))).isFalse();
        assertThat(patience.isOver(seconds(11))).isTrue();
        assertThat(patience.reason()).isEqualTo("no connection within 10 s");
    }

    @Test
    void waitsAMinuteForAnAnswerWhenOnlyACountEndsTheRun() {
        Patience patience = new Patience(0, false);
        patience.connected();
        patience.answered(seconds(100));
        patience.failed();
        assertThat(patience.isOver(seconds(160))).isFalse();
        assertThat(patience.isOver(seconds(161))).isTrue();
    }

    @Test
    void waitsAsLongAsNothingFails() {
        Patience patience = new Patience(0, false);
        patience.connected();
        assertThat(patience.isOver(seconds(1_000))).isFalse();
    }

    @Test
    void waitsForTheEndOfARunThatHasOne() {
        Patience patience = new Patience(0, true);
        patience.connected();
        patience.failed();
        assertThat(patience.isOver(seconds(1_000))).isFalse();
    }

    private static long seconds(int n) {
        return Duration.ofSeconds(n).toNanos();
    }
}
