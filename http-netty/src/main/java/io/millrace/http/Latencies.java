package io.millrace.http;

import java.util.List;

/**
 * How long something has taken, by classes. Immutable.
 *
 * @param counts how many took at most each of {@link #BOUNDS}, and longer than the one before; at the end those that took longer
 *     than all of them
 * @param seconds what all of them took together
 */
public record Latencies(List<Long> counts, double seconds) {
    /** Upper bounds of the classes, seconds. */
    public static final List<Double> BOUNDS =
            List.of(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0);

    public Latencies {
        counts = List.copyOf(counts);
    }
}
