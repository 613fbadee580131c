package io.millrace.http.internal.collect;

import io.millrace.engine.spi.Bounded;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets each key through so often a second, with a burst. For each key one instant is kept: when it would be back at
 * rest (GCRA). Thread-safe; holds a bounded number of keys.
 */
public final class RateLimiter {
    private static final long SECOND = 1_000_000_000L;

    /** Memory of one key: a node, its place in the table, and two numbers. */
    private static final int KEY_BYTES = 96;

    // Numbers are comparable, so that a bucket which a stranger fills becomes a tree.
    @Bounded("http_addresses")
    private final ConcurrentHashMap<Long, Long> restAt = new ConcurrentHashMap<>();

    private final int maxKeys;
    private volatile Rate rate;

    /** Nanoseconds between two that are let through, and how many of them may come early. */
    private record Rate(long interval, long tolerance) {
        static Rate of(int perSecond, int burst) {
            long interval = perSecond == 0 ? 0 : SECOND / perSecond;
            return new Rate(interval, interval * Math.max(1, burst));
        }
    }

    /** @param perSecond 0: everything passes */
    public RateLimiter(int perSecond, int burst, int maxKeys) {
        this.maxKeys = maxKeys;
        set(perSecond, burst);
    }

    /** Another rate from now on; what each key has taken stays. */
    public final void set(int perSecond, int burst) {
        rate = Rate.of(perSecond, burst);
    }

    boolean off() {
        return rate.interval() == 0;
    }

    /**
     * Takes {@code n} from a key's allowance if it has that much.
     *
     * @param now nanoseconds
     * @return 0: taken; else how many milliseconds to wait
     */
    public long take(long key, int n, long now) {
        Rate is = rate;
        if (is.interval() == 0) {
            return 0;
        }
        long[] wait = {0};
        restAt.compute(key, (k, rest) -> {
            if (rest == null && restAt.mappingCount() >= maxKeys) {
                return null;
            }
            long from = rest == null || rest - now < 0 ? now : rest;
            long next = from + is.interval() * n;
            if (next - now > is.tolerance() && from != now) {
                wait[0] = Math.max(1, (next - now - is.tolerance()) / 1_000_000);
                return rest;
            }
            return next;
        });
        return wait[0];
    }

    /** Forgets keys that are at rest. */
    public void sweep(long now) {
        restAt.values().removeIf(rest -> rest - now < 0);
    }

    /** Bytes held. Any thread. */
    public long bytes() {
        return restAt.mappingCount() * KEY_BYTES;
    }

    /** Bytes held at most. */
    public long limitBytes() {
        return (long) maxKeys * KEY_BYTES;
    }
}
