package io.millrace.dashboard.internal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Bounded;
import java.time.Duration;
import java.time.InstantSource;

/** Lets something happen so often in a window of time. Thread-safe; remembers a bounded number of names. */
public final class Throttle {
    private static final int NAMES = 8_192;

    /** A digest, a window, and what the cache keeps with them. */
    private static final int NAME_BYTES = 192;

    private volatile int limit;
    private final long window;
    private final InstantSource clock;

    @Bounded("throttle_*")
    private final Cache<Digest, Window> windows;

    private record Window(long since, int count) {}

    /**
     * @param name of what is counted; the bound is {@code throttle_} and this
     */
    public Throttle(String name, int limit, Duration window, InstantSource clock, Bounds bounds) {
        this.limit = limit;
        this.window = window.toMillis();
        this.clock = SteadyClock.of(clock);
        windows = Caffeine.newBuilder()
                .maximumSize(NAMES)
                .expireAfterWrite(window)
                .ticker(() -> this.clock.millis() * 1_000_000)
                .executor(Runnable::run)
                .build();
        bounds.add("throttle_" + name, NAMES * NAME_BYTES, () -> windows.estimatedSize() * NAME_BYTES);
    }

    /** So often from now on. */
    public void set(int atMost) {
        limit = atMost;
    }

    /**
     * Counts one more.
     *
     * @throws ApiException 429 when there were too many
     */
    public void count(Digest name) {
        long now = clock.millis();
        Window counted = windows.asMap()
                .compute(
                        name,
                        (n, w) -> w == null || now - w.since() >= window
                                ? new Window(now, 1)
                                : new Window(w.since(), w.count() + 1));
        if (counted.count() > limit) {
            throw ApiException.tooMany((int) Math.max(1, (counted.since() + window - now + 999) / 1000));
        }
    }

    /** Forgets what was counted. */
    public void forget(Digest name) {
        windows.invalidate(name);
    }
}
