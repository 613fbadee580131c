package io.millrace.engine.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many slots of the ring arrays may hold while strangers are still to add to them: about as many as are settled in {@link #PATIENCE_MILLIS},
 * so that whoever comes alone is not kept waiting behind them, whatever their members cost. Found by trying: more, by
 * an eighth of what arrays had settled in time, when one was refused meanwhile; less when they were not. Thread-safe; {@link #release} is the
 * store thread's.
 */
final class ArrayShare {
    /** Arrays of so many members are as good as beacons that come alone. */
    static final int FEW = 10;

    static final int PATIENCE_MILLIS = 50;

    /** Before anything is known of their cost: two of the largest arrays. */
    static final int AT_FIRST = 1_000;

    private final int most;
    private final AtomicInteger held = new AtomicInteger();
    private volatile int limit;
    private volatile boolean refused;

    /** @param most slots of the ring */
    ArrayShare(int most) {
        this.most = most;
        this.limit = Math.min(most, AT_FIRST);
    }

    /** Whether another array of so many members would hold more than the share, and is not the only one. */
    boolean full(int members) {
        int now = held.get();
        if (now > 0 && now + members > limit) {
            refused = true;
            return true;
        }
        return false;
    }

    /** An array has so many slots; fewer than none: it has given them back unused. */
    void add(int members) {
        held.addAndGet(members);
    }

    /**
     * A batch is settled.
     *
     * @param members how many of its slots belonged to arrays
     * @param waitedMillis how long the eldest slot of their batch took from the first to the last
     */
    void release(int members, long waitedMillis) {
        int before = held.getAndAdd(-members);
        if (waitedMillis <= PATIENCE_MILLIS) {
            if (refused && members > 0) {
                limit = Math.min(most, limit + members / 8 + 1);
                refused = false;
            }
        } else if (before > 0) {
            limit = (int) Math.max(FEW, (long) Math.min(limit, before) * PATIENCE_MILLIS / waitedMillis);
        }
    }
}
