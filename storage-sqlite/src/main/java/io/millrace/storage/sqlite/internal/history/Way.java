package io.millrace.storage.sqlite.internal.history;

/**
 * A visitor's way along steps, hit by hit: for each step the series of hits that ends with the latest one that could take it. A series
 * that begins later has more time left, so none of the others is needed. Not thread-safe.
 */
final class Way {
    private final int steps;
    private final boolean strict;
    private final long window;

    /** For each step the times of the series' hits. */
    private final long[][] times;

    /** What the first hit of each series is counted by. */
    private final int[] values;

    /** Which steps have a series, a bit each. */
    private int begun;

    /** How far the visitor got, and by which hits first. */
    private int level;

    private final long[] timesOfLevel;
    private int valueOfLevel;

    /** @param window milliseconds for all steps */
    Way(int steps, boolean strict, long window) {
        this.steps = steps;
        this.strict = strict;
        this.window = window;
        this.times = new long[steps][steps];
        this.values = new int[steps];
        this.timesOfLevel = new long[steps];
    }

    /** Another visitor comes. */
    void reset() {
        level = 0;
        begun = 0;
    }

    /** What comes does not go on from what came. */
    void interrupt() {
        begun = 0;
    }

    /**
     * The next hit.
     *
     * @param taken the steps that it may take, a bit each
     * @param value what it is counted by
     */
    void hit(long time, int taken, int value) {
        int now = strict ? 0 : begun;
        for (int step = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(taken); step >= 0; step--) {
            if ((taken >>> step & 1) != 0 && extended(step, time, value)) {
                now |= 1 << step;
                if (step >= level) {
                    level = step + 1;
                    System.arraycopy(times[step], 0, timesOfLevel, 0, level);
                    valueOfLevel = values[step];
                }
            }
        }
        begun = now;
    }

    /** Lets a hit take a step, if it can. */
    private boolean extended(int step, long time, int value) {
        if (step == 0) {
            values[0] = value;
        } else {
            boolean can = (begun >>> step - 1 & 1) != 0 && time - times[step - 1][0] <= window;
            if (!can) {
                return false;
            }
            System.arraycopy(times[step - 1], 0, times[step], 0, step);
            values[step] = values[step - 1];
        }
        times[step][step] = time;
        return true;
    }

    /** How many steps the visitor took. */
    int level() {
        return level;
    }

    boolean complete() {
        return level == steps;
    }

    /** When he took a step, UTC milliseconds. */
    long time(int step) {
        return timesOfLevel[step];
    }

    /** What the hit is counted by that took the first step. */
    int value() {
        return valueOfLevel;
    }
}
