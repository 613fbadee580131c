package io.millrace.server.internal.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Values of which some are drawn more often than others. Immutable once built. */
final class Weighted<T> {
    private final List<T> values = new ArrayList<>();
    private final List<Double> upTo = new ArrayList<>();
    private double total;

    static <T> Weighted<T> of(double weight, T value) {
        return new Weighted<T>().and(weight, value);
    }

    Weighted<T> and(double weight, T value) {
        total += weight;
        values.add(value);
        upTo.add(total);
        return this;
    }

    T draw(RandomGenerator random) {
        double at = random.nextDouble() * total;
        int i = 0;
        while (i < values.size() - 1 && upTo.get(i) <= at) {
            i++;
        }
        return values.get(i);
    }
}
