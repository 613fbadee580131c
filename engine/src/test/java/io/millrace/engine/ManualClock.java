package io.millrace.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only the test moves. Thread-safe. */
public final class ManualClock implements InstantSource {
    private final AtomicLong millis;

    /** Stands at an instant, {@code 2026-03-10T12:00:00Z}. */
    public ManualClock(String start) {
        millis = new AtomicLong(Instant.parse(start).toEpochMilli());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    /** Moves on. */
    public void advance(Duration by) {
        millis.addAndGet(by.toMillis());
    }

    /** Jumps. */
    public void set(String instant) {
        millis.set(Instant.parse(instant).toEpochMilli());
    }
}
