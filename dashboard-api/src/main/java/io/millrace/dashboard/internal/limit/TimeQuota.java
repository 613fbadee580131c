package io.millrace.dashboard.internal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Bounded;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How long the work of somebody may take in a minute. What it takes is known only afterwards, so each piece is charged
 * when it is done, and who is a minute's share ahead has to wait. Thread-safe; remembers a bounded number of names.
 */
final class TimeQuota {
    private static final long WINDOW = Duration.ofMinutes(1).toMillis();
    private static final int NAMES = 8_192;

    /** A digest, a number, and what the cache keeps with them. */
    private static final int NAME_BYTES = 192;

    private volatile long perMinute;
    private final InstantSource clock;

    /** When each is at rest again. */
    @Bounded("quota_*")
    private final Cache<Digest, Long> restAt;

    /**
     * @param name of what is counted; the bound is {@code quota_} and this
     */
    TimeQuota(String name, Duration perMinute, InstantSource clock, Bounds bounds) {
        set(perMinute);
        this.clock = SteadyClock.of(clock);
        restAt = Caffeine.newBuilder()
                .maximumSize(NAMES)
                .expireAfterWrite(Duration.ofHours(1))
                .ticker(() -> this.clock.millis() * 1_000_000)
                .executor(Runnable::run)
                .build();
        bounds.add("quota_" + name, NAMES * NAME_BYTES, () -> restAt.estimatedSize() * NAME_BYTES);
    }

    /** Another share from now on. */
    final void set(Duration share) {
        perMinute = Math.max(1, share.toMillis());
    }

    /** @throws ApiException 429 when it has had its share */
    void check(Digest name) {
        Long rest = restAt.getIfPresent(name);
        long ahead = rest == null ? 0 : rest - clock.millis();
        if (ahead >= WINDOW) {
            throw ApiException.tooMany((int) Math.min(600, (ahead - WINDOW) / 1000 + 1));
        }
    }

    /** Charges what something took. */
    void charge(Digest name, long millis) {
        long now = clock.millis();
        long cost = millis * WINDOW / perMinute;
        restAt.asMap().merge(name, now + cost, (rest, fresh) -> Math.max(rest, now) + cost);
    }
}
