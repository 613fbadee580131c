package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Fixed;
import io.millrace.http.Latencies;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts how long something took. One thread counts, any reads. */
public final class LatencyCounts {
    private static final long[] BOUNDS =
            Latencies.BOUNDS.stream().mapToLong(s -> Math.round(s * 1e9)).toArray();
    private static final int SUM = BOUNDS.length + 1;

    @Fixed("one for each class, and the sum")
    private final AtomicLongArray counts = new AtomicLongArray(SUM + 1);

    void add(long nanos) {
        int i = 0;
        while (i < BOUNDS.length && nanos > BOUNDS[i]) {
            i++;
        }
        counts.lazySet(i, counts.get(i) + 1);
        counts.lazySet(SUM, counts.get(SUM) + nanos);
    }

    /** Adds what was counted to sums of as many classes, the last of them the nanoseconds. */
    public void addTo(long[] sums) {
        for (int i = 0; i <= SUM; i++) {
            sums[i] += counts.get(i);
        }
    }

    /** So many numbers {@link #addTo} has. */
    public static int length() {
        return SUM + 1;
    }
}
