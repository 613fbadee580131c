package io.millrace.perf.hostile.bystander;

import org.HdrHistogram.Histogram;

/**
 * A time of which the requests that were due in it are counted. Opened and closed by one thread, counted by another.
 * Moments are of {@link System#nanoTime}.
 */
public final class Window {
    private static final long LONGEST_MICROS = 120_000_000;

    private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    private long good;
    private volatile long from = Long.MAX_VALUE;
    private volatile long to = Long.MAX_VALUE;

    /**
     * Answers to a bystander.
     *
     * @param answered as wished
     * @param failed answered in any other way, or never
     * @param p50Millis from when a request should have left to its answer, as the other times
     */
    public record Seen(long answered, long failed, double p50Millis, double p99Millis, double worstMillis) {}

    void open(long now) {
        from = now;
    }

    void close(long now) {
        to = now;
    }

    void answered(long intended, boolean asWished, long now) {
        if (intended >= from && intended < to) {
            good += asWished ? 1 : 0;
            latency.recordValue(Math.min((now - intended) / 1_000, LONGEST_MICROS));
        }
    }

    /** Of requests that are due every so often from a moment on; whatever was not answered as wished has failed. */
    Seen seen(long first, long interval) {
        long due = before(to, first, interval) - before(from, first, interval);
        return new Seen(
                good,
                due - good,
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                latency.getMaxValue() / 1e3);
    }

    private static long before(long moment, long first, long interval) {
        return Math.max(0, (moment - first + interval - 1) / interval);
    }
}
