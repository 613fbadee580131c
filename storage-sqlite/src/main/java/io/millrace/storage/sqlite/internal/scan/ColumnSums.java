package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Metric;
import java.util.Arrays;

/**
 * What the visits with each number of a column add up to, for all panels that count by an attribute that the number says. For one
 * thread at a time.
 */
final class ColumnSums {
    /** The place of the column among those gathered; -1: all visits together. */
    private final int column;

    private final SlotMap numbers = new SlotMap();
    private final Ints slots;
    private final long[][] sums = new long[Metric.values().length][16];

    ColumnSums(int column, Ints slots) {
        this.column = column;
        this.slots = slots;
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
        add(sums[Metric.PAGE_VIEWS.ordinal()], slot, gathered.pageViews.values, n);
        add(sums[Metric.EVENTS.ordinal()], slot, gathered.events.values, n);
        add(sums[Metric.SESSIONS.ordinal()], slot, gathered.started.values, n);
        add(sums[Metric.BOUNCES.ordinal()], slot, gathered.bounce.values, n);
        add(sums[Metric.DURATION.ordinal()], slot, gathered.seconds.values, n);
        add(sums[Metric.ENGAGED.ordinal()], slot, gathered.engagedMillis.values, n);
    }

    private static void add(long[] sums, int[] slot, int[] values, int n) {
        for (int v = 0; v < n; v++) {
            sums[slot[v]] += values[v];
        }
    }

    /** The slot of each visit that was added last. */
    int[] slots() {
        return slots.values;
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
