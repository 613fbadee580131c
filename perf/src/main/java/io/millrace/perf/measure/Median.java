package io.millrace.perf.measure;

import java.util.Collection;

/** The middle of several measurements. */
final class Median {
    private Median() {}

    static double of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
