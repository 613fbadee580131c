package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private final AtomicLong time = new AtomicLong(1_000_000);
    private final InstantSource clock = SteadyClock.of(() -> Instant.ofEpochMilli(time.get()));

    @Test
    void goesOnWhenTheTimeIsSetBackAnHour() {
        long start = clock.millis();
        time.addAndGet(500);
        assertThat(clock.millis()).isEqualTo(start + 500);
        time.addAndGet(-3_600_000);
        assertThat(clock.millis()).isEqualTo(start + 500);
        time.addAndGet(250);
        assertThat(clock.millis()).isEqualTo(start + 750);
    }

    @Test
    void followsTheTimeForwards() {
        long start = clock.millis();
        time.addAndGet(3_600_000);
        assertThat(clock.millis()).isEqualTo(start + 3_600_000);
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(start + 3_600_000));
    }

    @Test
    void ofTheSystemNeverGoesBack() {
        InstantSource system = SteadyClock.of(InstantSource.system());
        long last = system.millis();
        for (int i = 0; i < 10_000; i++) {
            long now = system.millis();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }
}
