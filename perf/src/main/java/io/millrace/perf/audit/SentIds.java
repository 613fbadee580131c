package io.millrace.perf.audit;

import java.util.Arrays;
import java.util.BitSet;

/** Ids of 128 bits in order of sending, found again by their bits; 32 bytes each. Not thread-safe. */
public final class SentIds {
    private long[] highs = new long[1 << 12];
    private long[] lows = new long[1 << 12];
    private int[] table = new int[1 << 13];
    private int size;
    private final BitSet acknowledged = new BitSet();

    public SentIds() {
        Arrays.fill(table, -1);
    }

    int size() {
        return size;
    }

    int acknowledgedCount() {
        return acknowledged.cardinality();
    }

    boolean isAcknowledged(int index) {
        return acknowledged.get(index);
    }

    public void acknowledge(int index) {
        acknowledged.set(index);
    }

    /** Remembers an id; returns its index. */
    public int add(long high, long low) {
        if (size == highs.length) {
            grow();
        }
        highs[size] = high;
        lows[size] = low;
        table[slot(high, low)] = size;
        return size++;
    }

    /** The id's index, or -1 when it was never sent. */
    int find(long high, long low) {
        return table[slot(high, low)];
    }

    private int slot(long high, long low) {
        int mask = table.length - 1;
        int at = (int) (high ^ low >>> 32) & mask;
        while (table[at] >= 0 && (highs[table[at]] != high || lows[table[at]] != low)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        highs = Arrays.copyOf(highs, 2 * size);
        lows = Arrays.copyOf(lows, 2 * size);
        table = new int[4 * size];
        Arrays.fill(table, -1);
        for (int i = 0; i < size; i++) {
            table[slot(highs[i], lows[i])] = i;
        }
    }
}
