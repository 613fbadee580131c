package io.millrace.engine.internal;

import com.google.common.hash.BloomFilter;
import io.millrace.engine.Bounds;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Bounded;

/**
 * Which visits left memory while they could still go on: of a key it says for certain that none did, or that one may
 * have. So a new visitor costs no look-up in the storage, however many visits come and go. Two Bloom filters take turns,
 * each for as long as a visit may rest; when more leave than they are made for, more keys are looked up in vain. The
 * store thread's.
 */
final class EvictedVisits {
    /** In the time-out of a visit: 4,400 a second for half an hour. */
    private static final int EXPECTED = 8_000_000;

    private static final double FALSE_POSITIVES = 0.05;

    /** One filter: -n ln p / (ln 2)² bits. */
    private static final long BYTES =
            (long) (-EXPECTED * Math.log(FALSE_POSITIVES) / Math.pow(Math.log(2), 2) / 8) + 1_024;

    static final long MOST_BYTES = 2 * BYTES;

    /** What left since an instant. */
    private static final class Filter {
        @Bounded("evicted_visits")
        private final BloomFilter<Visit.Key> keys =
                BloomFilter.create((key, into) -> into.putLong(hash(key)), EXPECTED, FALSE_POSITIVES);

        private final long since;
        private long latest = Long.MIN_VALUE;

        Filter(long since) {
            this.since = since;
        }

        long latest(Visit.Key key) {
            return keys.mightContain(key) ? latest : Long.MIN_VALUE;
        }
    }

    private final long turnMillis;
    private Filter newer;
    private Filter older;
    private volatile long bytes;

    /** @param turnMillis how long a visit may rest and go on */
    EvictedVisits(long turnMillis) {
        this.turnMillis = turnMillis;
    }

    void register(Bounds bounds) {
        bounds.add("evicted_visits", MOST_BYTES, () -> bytes);
    }

    /** Of the parts' own hashes, which the strings keep. */
    private static long hash(Visit.Key key) {
        int session = key.sessionId() == null ? 0 : key.sessionId().hashCode();
        return (long) key.visitor().hashCode() << 32 | 31 * session + key.siteId() & 0xffff_ffffL;
    }

    /**
     * A visit leaves memory.
     *
     * @param lastActivity of the visit
     * @return nothing that is not known here any more was active after this instant
     */
    long add(Visit.Key key, long lastActivity, long now) {
        long forgotten = Long.MIN_VALUE;
        if (newer == null || now - newer.since >= turnMillis) {
            forgotten = older == null ? forgotten : older.latest;
            older = newer;
            newer = new Filter(now);
            bytes = older == null ? BYTES : MOST_BYTES;
        }
        newer.keys.put(key);
        newer.latest = Math.max(newer.latest, lastActivity);
        return forgotten;
    }

    /** No visit of this key that left was active after this instant; {@link Long#MIN_VALUE}: none of them left. */
    long latest(Visit.Key key) {
        long latest = newer == null ? Long.MIN_VALUE : newer.latest(key);
        return older == null ? latest : Math.max(latest, older.latest(key));
    }
}
