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
 * Attempts at a password. Who fails again and again has to wait between two attempts, each time twice as long: a network,
 * and whoever tries one name, from wherever. A name's wait stays short, because strangers can make its owner wait as well;
 * nobody is ever locked out. Thread-safe; remembers a bounded number of networks and names.
 */
public final class Attempts {
    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    private static final int NAMES = 8_192;

    /** A digest, what is known of it, and what the cache keeps with them. */
    private static final int NAME_BYTES = 192;

    private final Object lock = new Object();
    private final InstantSource clock;
    private final Waits networks;
    private final Waits names;

    private record Tried(int times, long last) {}

    /** The waits of either kind; used under the lock. */
    private final class Waits {
        private final int free;
        private final long longest;

        @Bounded("attempts_*")
        private final Cache<Digest, Tried> tried = Caffeine.newBuilder()
                .maximumSize(NAMES)
                .expireAfterWrite(REMEMBERED)
                .ticker(() -> clock.millis() * 1_000_000)
                .executor(Runnable::run)
                .build();

        /**
         * @param free attempts before the first wait
         */
        Waits(int free, Duration longest) {
            this.free = free;
            this.longest = longest.toMillis();
        }

        /** Milliseconds until the next attempt. */
        private long left(Digest name, long now) {
            Tried before = tried.getIfPresent(name);
            if (before == null || before.times() < free) {
                return 0;
            }
            long wait = Math.min(longest, 1_000L << Math.min(20, before.times() - free));
            return before.last() + wait - now;
        }

        private void count(Digest name, long now) {
            tried.asMap().merge(name, new Tried(1, now), (before, first) -> new Tried(before.times() + 1, now));
        }

        private long bytes() {
            return tried.estimatedSize() * NAME_BYTES;
        }
    }

    /**
     * @param name of what is tried; the bound is {@code attempts_} and this
     */
    public Attempts(String name, InstantSource clock, Bounds bounds) {
        this.clock = SteadyClock.of(clock);
        networks = new Waits(5, Duration.ofMinutes(5));
        names = new Waits(10, Duration.ofSeconds(20));
        bounds.add("attempts_" + name, 2L * NAMES * NAME_BYTES, () -> networks.bytes() + names.bytes());
    }

    /**
     * Counts one that begins.
     *
     * @throws ApiException 429 when it comes too early
     */
    public void begin(Digest network, Digest name) {
        synchronized (lock) {
            long now = clock.millis();
            long left = Math.max(networks.left(network, now), names.left(name, now));
            if (left > 0) {
                throw ApiException.tooMany((int) (left + 999) / 1000);
            }
            networks.count(network, now);
            names.count(name, now);
        }
    }

    /** Forgets what was counted, after the right password. */
    public void succeeded(Digest network, Digest name) {
        synchronized (lock) {
            networks.tried.invalidate(network);
            names.tried.invalidate(name);
        }
    }
}
