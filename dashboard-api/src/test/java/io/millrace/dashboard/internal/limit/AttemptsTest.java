package io.millrace.dashboard.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-10T12:00:00Z"));
    private final Attempts attempts = new Attempts("test", now::get, new Bounds());

    private boolean may(int network, String name) {
        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> attempts.begin(Digest.of(network), Digest.of(name)));
        return refused == null;
    }

    private void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    /** Tries as soon as it may; returns the seconds until it could. */
    private long waited(int network, String name) {
        for (long seconds = 0; ; seconds++) {
            if (may(network, name)) {
                return seconds;
            }
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void makesANetworkWaitTwiceAsLongEachTime() {
        for (int i = 0; i < 5; i++) {
            assertThat(waited(1, "name " + i)).isZero();
        }
        for (long wait = 1; wait <= 256; wait *= 2) {
            assertThat(waited(1, "name at " + wait)).isEqualTo(wait);
        }
        assertThat(waited(1, "last")).as("five minutes at most").isEqualTo(300);
        assertThat(waited(2, "another network")).isZero();
    }

    @Test
    void makesWhoeverTriesANameWaitButLocksNobodyOut() {
        int network = 0;
        while (may(network, "ann")) {
            network++;
        }
        assertThat(network).isEqualTo(10);
        for (int i = 0; i < 50; i++) {
            waited(1_000 + i, "ann");
        }
        assertThat(waited(2_000, "ann")).as("after sixty wrong ones").isEqualTo(20);
        assertThat(waited(3_000, "bob")).isZero();
    }

    @Test
    void forgetsAfterTheRightOneAndInTime() {
        for (int i = 0; i < 5; i++) {
            may(1, "ann");
        }
        assertThat(may(1, "ann")).isFalse();
        attempts.succeeded(Digest.of(1), Digest.of("ann"));
        for (int i = 0; i < 5; i++) {
            assertThat(may(1, "ann")).isTrue();
        }
        assertThat(may(1, "ann")).isFalse();
        pass(Duration.ofMinutes(15));
        assertThat(may(1, "ann")).isTrue();
        assertThat(may(1, "ann")).isTrue();
    }
}
