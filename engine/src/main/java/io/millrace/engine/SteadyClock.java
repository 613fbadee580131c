package io.millrace.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * A clock for durations, which never goes back: limits, deadlines and caches do not stand still when somebody sets the
 * time. Its instants are only to be compared with each other. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
    private static final InstantSource SYSTEM = new InstantSource() {
        private final long nanos = System.nanoTime();
        private final long start = System.currentTimeMillis();

        @Override
        public long millis() {
            return start + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }
    };

    private final InstantSource clock;
    private long seen;
    private long millis;

    private SteadyClock(InstantSource clock) {
        this.clock = clock;
        this.seen = clock.millis();
        this.millis = seen;
    }

    /** One that goes on as this clock does, but for the moment in which it is set back. */
    public static InstantSource of(InstantSource clock) {
        return clock.equals(InstantSource.system()) ? SYSTEM : new SteadyClock(clock);
    }

    @Override
    public synchronized long millis() {
        long now = clock.millis();
        millis += Math.max(0, now - seen);
        seen = now;
        return millis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
