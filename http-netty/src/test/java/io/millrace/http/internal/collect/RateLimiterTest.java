package io.millrace.http.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Heap;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    @Test
    void theRateLimiterForgetsWhoIsAtRest() {
        RateLimiter limiter = new RateLimiter(10, 5, 3);
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.take(7, 1, 1_000_000_000L)).isZero();
        }
        assertThat(limiter.take(7, 1, 1_000_000_000L)).isBetween(1L, 100L);
        assertThat(limiter.take(8, 1, 1_000_000_000L)).isZero();
        assertThat(limiter.take(9, 1, 1_000_000_000L)).isZero();
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.take(100 + i, 1, 1_000_000_000L)).isZero();
        }
        assertThat(limiter.bytes()).isEqualTo(limiter.limitBytes());
        limiter.sweep(1_200_000_000L);
        assertThat(limiter.bytes()).isEqualTo(limiter.limitBytes() / 3);
    }

    @Test
    void aFloodOfAddressesStaysWithinItsBytes() {
        long before = Heap.live();
        RateLimiter limiter = new RateLimiter(10, 5, 100_000);
        for (long i = 0; i < 120_000; i++) {
            limiter.take(i * 1_000_003, 1, 1_000_000_000L);
        }
        assertThat(limiter.bytes()).isEqualTo(limiter.limitBytes());
        assertThat(Heap.live() - before).isLessThanOrEqualTo(limiter.limitBytes());
    }
}
