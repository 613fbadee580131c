package io.millrace.storage.sqlite.internal.numbers;

import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.pack.Packed;
import java.util.Arrays;

/** Whole numbers, as many as come. Not thread-safe. */
public final class Ints {
    private static final int FIRST = 1 << 10;
    private static final int DIGIT = 11;
    private static final int MASK = (1 << DIGIT) - 1;

    @Bounded("storage_scratch")
    public int[] values = new int[FIRST];

    public int size;

    public void add(int value) {
        int at = size++;
        if (at == values.length) {
            values = Arrays.copyOf(values, at * 2);
        }
        values[at] = value;
    }

    /** Adds the numbers at these places of a column. */
    public void addAll(Packed column, int[] places, int count) {
        room(count);
        column.copy(places, count, values, size);
        size += count;
    }

    /** Adds the same number so many times. */
    public void addSame(int value, int count) {
        room(count);
        Arrays.fill(values, size, size + count, value);
        size += count;
    }

    /** Puts in the place of each number, from a place on, what it is the place of. */
    public void replace(int from, int[] by) {
        for (int i = from; i < size; i++) {
            values[i] = by[values[i]];
        }
    }

    /** Makes room for so many more. */
    public void room(int more) {
        if (size + more > values.length) {
            values = Arrays.copyOf(values, Math.max(size + more, values.length * 2));
        }
    }

    public void clear() {
        size = 0;
    }

    /**
     * The places of the numbers, which have no sign, from the least on, equal ones as they stand: a radix sort, least significant
     * digit first.
     *
     * @param one where the places go, or
     * @param other where they go
     */
    public int[] order(Ints one, Ints other) {
        one.room(size);
        other.room(size);
        int[] sorted = one.values;
        int[] next = other.values;
        int[] keys = values;
        int all = 0;
        for (int i = 0; i < size; i++) {
            sorted[i] = i;
            all |= keys[i];
        }
        for (int shift = 0; shift < Integer.SIZE && all >>> shift != 0; shift += DIGIT) {
            int[] count = new int[(1 << DIGIT) + 1];
            for (int i = 0; i < size; i++) {
                count[(keys[i] >>> shift & MASK) + 1]++;
            }
            for (int d = 0; d < MASK; d++) {
                count[d + 1] += count[d];
            }
            for (int i = 0; i < size; i++) {
                next[count[keys[sorted[i]] >>> shift & MASK]++] = sorted[i];
            }
            int[] swap = sorted;
            sorted = next;
            next = swap;
        }
        return sorted;
    }
}
