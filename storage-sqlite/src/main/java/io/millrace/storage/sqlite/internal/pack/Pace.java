package io.millrace.storage.sqlite.internal.pack;

import java.util.concurrent.locks.LockSupport;

/**
 * Keeps work to a share of a processor, in slices so short that nobody waits for one. One thread works, any thread may change the
 * share.
 */
public final class Pace {
    /** For work that somebody waits for. */
    public static final Pace NONE = new Pace(1);

    private static final long SLICE_NANOS = 300_000;
    private static final int LOOK_EVERY = 32;

    private volatile double share;
    private int steps;
    private long since = System.nanoTime();

    /** @param share above 0 to 1 */
    public Pace(double share) {
        this.share = share;
    }

    public void share(double now) {
        share = now;
    }

    /** After a little work: rests when it is time. */
    void step() {
        if (share < 1 && ++steps % LOOK_EVERY == 0) {
            rest();
        }
    }

    /** The same, after more work. */
    public void rest() {
        long worked = System.nanoTime() - since;
        double part = share;
        if (part < 1 && worked > SLICE_NANOS) {
            LockSupport.parkNanos((long) (worked * (1 / part - 1)));
            since = System.nanoTime();
        }
    }

    /** Begins to work, after there was nothing to do. */
    public void begin() {
        since = System.nanoTime();
    }
}
