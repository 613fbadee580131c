package io.millrace.engine.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many slots of the ring the arrays of strangers may hold: about as many as are settled in {@link #PATIENCE_MILLIS},
 * so that whoever comes alone is not kept waiting behind them, whatever their members cost. Found by trying: more when an
 * array was refused although slots were settled in time, less when they were not. Thread-safe; {@link #release} is the
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
    private volatile int wanted = FEW;

    /** @param most slots of the ring */
    ArrayShare(int most) {
        this.most = most;
        this.limit = Math.min(most, AT_FIRST);
    }

    /** Takes slots for an array of so many members, if there are that many or no other array has any. */
    boolean take(int members) {
        int before = held.getAndAdd(members);
        if (before > 0 && before + members > limit) {
            held.addAndGet(-members);
            refused = true;
            wanted = members;
            return false;
        }
        return true;
    }

    /** Whether an array like the last one that was refused would be refused now. */
    boolean taken() {
        int now = held.get();
        boolean taken = now > 0 && now + wanted > limit;
        if (taken) {
            refused = true;
        }
        return taken;
    }

    /** Gives slots back that were taken and then not used. */
    void giveBack(int members) {
        held.addAndGet(-members);
    }

    /**
     * Gives settled slots back.
     *
     * @param members of arrays, 0 for none
     * @param waitedMillis how long the eldest slot of their batch took from the first to the last
     */
    void release(int members, long waitedMillis) {
        int before = held.getAndAdd(-members);
        if (waitedMillis <= PATIENCE_MILLIS) {
            if (refused && limit < most) {
                limit = Math.min(most, limit + limit / 8 + FEW);
            }
            refused = false;
        } else if (before > 0) {
            limit = (int) Math.max(FEW, (long) Math.min(limit, before) * PATIENCE_MILLIS / waitedMillis);
        }
    }
}
