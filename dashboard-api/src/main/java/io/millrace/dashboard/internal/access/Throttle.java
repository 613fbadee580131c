package io.millrace.dashboard.internal.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.dashboard.internal.request.ApiException;
import java.time.Duration;
import java.time.InstantSource;

/** Lets something happen so often in a window of time. Thread-safe; remembers a bounded number of names. */
public final class Throttle {
    private static final int NAMES = 10_000;
    private final int limit;
    private final long window;
    private final InstantSource clock;
    private final Cache<String, Window> windows =
            Caffeine.newBuilder().maximumSize(NAMES).executor(Runnable::run).build();

    private record Window(long since, int count) {}

    public Throttle(int limit, Duration window, InstantSource clock) {
        this.limit = limit;
        this.window = window.toMillis();
        this.clock = clock;
    }

    /**
     * Counts one more.
     *
     * @throws ApiException 429 when there were too many
     */
    public void count(String name) {
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
    public void forget(String name) {
        windows.invalidate(name);
    }
}
