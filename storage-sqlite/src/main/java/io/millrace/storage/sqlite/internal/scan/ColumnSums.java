package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Metric;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.SlotMap;
import java.util.Arrays;
import java.util.Set;

/**
 * What the visits with each number of a column add up to, for all panels that count by an attribute that the number says. For one
 * thread at a time.
 */
final class ColumnSums {
    /** The place of the column among those gathered; -1: all visits together. */
    private final int column;

    /** What is asked for. */
    private final Set<Metric> metrics;

    private final SlotMap numbers = new SlotMap();
    private final Ints slots;
    private final Ints ordered;
    private final long[][] sums = new long[Metric.values().length][16];

    ColumnSums(int column, Set<Metric> metrics, IntsPool.Lease lease) {
        this.column = column;
        this.metrics = metrics;
        this.slots = lease.take();
        this.ordered = lease.take();
    }

    /** Adds visits. */
    void count(Gathered gathered) {
        int n = gathered.visits();
        slots.clear();
        slots.room(n);
        int[] slot = slots.values;
        if (column < 0) {
            numbers.slot(0);
            Arrays.fill(slot, 0, n, 0);
        } else {
            int[] values = gathered.visitColumns[column].values;
            for (int v = 0; v < n; v++) {
                slot[v] = numbers.slot(values[v]);
            }
        }
        if (numbers.size() > sums[0].length) {
            for (int m = 0; m < sums.length; m++) {
                sums[m] = Arrays.copyOf(sums[m], numbers.size() * 2);
            }
        }
        for (Metric metric : metrics) {
            if (metric != Metric.VISITORS) {
                add(sums[metric.ordinal()], slot, gathered.values(metric), n);
            }
        }
        order(slot, gathered.withHits);
    }

    private void order(int[] slot, Ints visits) {
        ordered.clear();
        ordered.room(visits.size);
        for (int o = 0; o < visits.size; o++) {
            ordered.values[o] = slot[visits.values[o]];
        }
    }

    private static void add(long[] sums, int[] slot, int[] values, int n) {
        for (int v = 0; v < n; v++) {
            sums[slot[v]] += values[v];
        }
    }

    /** The slots of the visits that were added last, as {@link Gathered#withHits} has them. */
    int[] ordered() {
        return ordered.values;
    }

    int size() {
        return numbers.size();
    }

    /** The number in the column that a slot is of. */
    int number(int slot) {
        return (int) numbers.key(slot);
    }

    long sum(Metric metric, int slot) {
        return sums[metric.ordinal()][slot];
    }
}
