package io.millrace.storage.sqlite.internal.history;

import io.millrace.engine.FunnelCounts;
import java.util.Arrays;

/** How often each number of seconds came, beyond a day each number of minutes. For one question; not thread-safe. */
final class Durations {
    private static final int DAY = 86_400;
    private static final int MINUTE = 60;

    private int[] counts = new int[1 << 8];
    private long sum;

    void add(long seconds) {
        sum += seconds;
        int at = (int) (seconds < DAY ? seconds : DAY + (seconds - DAY) / MINUTE);
        grow(at + 1);
        counts[at]++;
    }

    private void grow(int size) {
        if (size > counts.length) {
            counts = Arrays.copyOf(counts, Math.max(size, counts.length * 2));
        }
    }

    void add(Durations other) {
        sum += other.sum;
        grow(other.counts.length);
        for (int i = 0; i < other.counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** All of them together, each in whole seconds. */
    long sum() {
        return sum;
    }

    /** The least one that at least half of them do not exceed, as {@link FunnelCounts#rounded} says; 0: there is none. */
    long median() {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        long before = 0;
        for (int at = 0; at < counts.length && all > 0; at++) {
            before += counts[at];
            if (before * 2 >= all) {
                return at < DAY ? at : DAY + (long) (at - DAY) * MINUTE;
            }
        }
        return 0;
    }
}
