package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.pack.Packed;
import java.util.Arrays;

/** Whole numbers, as many as come. Not thread-safe. */
final class Ints {
    private static final int FIRST = 1 << 10;

    @Bounded("storage_scratch")
    int[] values = new int[FIRST];

    int size;

    void add(int value) {
        int at = size++;
        if (at == values.length) {
            values = Arrays.copyOf(values, at * 2);
        }
        values[at] = value;
    }

    /** Adds the numbers at these places of a column. */
    void addAll(Packed column, int[] places, int count) {
        room(count);
        column.copy(places, count, values, size);
        size += count;
    }

    /** Adds the same number so many times. */
    void addSame(int value, int count) {
        room(count);
        Arrays.fill(values, size, size + count, value);
        size += count;
    }

    /** Puts in the place of each number, from a place on, what it is the place of. */
    void replace(int from, int[] by) {
        for (int i = from; i < size; i++) {
            values[i] = by[values[i]];
        }
    }

    /** Makes room for so many more. */
    void room(int more) {
        if (size + more > values.length) {
            values = Arrays.copyOf(values, Math.max(size + more, values.length * 2));
        }
    }

    void clear() {
        size = 0;
    }
}
