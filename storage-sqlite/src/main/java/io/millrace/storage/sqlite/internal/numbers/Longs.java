package io.millrace.storage.sqlite.internal.numbers;

import io.millrace.engine.spi.Fixed;
import java.util.Arrays;

/** Whole numbers of any size, as many as come. Not thread-safe. */
public final class Longs {
    @Fixed("for one question")
    private long[] values = new long[1 << 10];

    private int size;

    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    public long get(int at) {
        return values[at];
    }

    public void clear() {
        size = 0;
    }

    /** Forgets all but the first so many. */
    public void cut(int first) {
        size = first;
    }
}
