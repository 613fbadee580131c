package io.millrace.engine.internal;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import java.util.Arrays;

/**
 * The ids of the events stored last: two generations of a set of 128-bit keys, the older of which is forgotten when the
 * newer is full. The store thread's.
 */
final class RecentIds {

    /** Open addressing with linear probing, at most three quarters full; a key of two zeros is stored as 1. */
    private static final class Generation {
        @Bounded("recent_ids")
        private long[] table = new long[2 * 1024];

        private int size;

        boolean contains(long high, long low) {
            int at = slot(high, low);
            return table[at] != 0 || table[at + 1] != 0;
        }

        void clear() {
            Arrays.fill(table, 0);
            size = 0;
        }

        void add(long high, long low) {
            int at = slot(high, low);
            if (table[at] != 0 || table[at + 1] != 0) {
                return;
            }
            table[at] = high;
            table[at + 1] = low;
            if (++size * 8L > table.length * 3L) {
                grow();
            }
        }

        private int slot(long high, long low) {
            int mask = table.length / 2 - 1;
            for (int i = (int) low & mask; ; i = i + 1 & mask) {
                long h = table[2 * i];
                long l = table[2 * i + 1];
                if (h == 0 && l == 0 || h == high && l == low) {
                    return 2 * i;
                }
            }
        }

        private void grow() {
            long[] old = table;
            table = new long[old.length * 2];
            for (int i = 0; i < old.length; i += 2) {
                if (old[i] != 0 || old[i + 1] != 0) {
                    int at = slot(old[i], old[i + 1]);
                    table[at] = old[i];
                    table[at + 1] = old[i + 1];
                }
            }
        }
    }

    private final int capacity;
    private volatile long bytes;
    private Generation newer = new Generation();
    private Generation older = new Generation();
    private long newerSince;
    private long completeSince;

    /**
     * @param capacity ids remembered at least, once so many have come
     * @param now UTC milliseconds: nothing stored earlier is known here
     */
    RecentIds(int capacity, long now) {
        this.capacity = capacity;
        this.newerSince = now;
        this.completeSince = now;
        count();
    }

    /** The largest it can get, both tables doubled for the last time. */
    void register(Bounds bounds) {
        bounds.add("recent_ids", 2 * tableBytes(capacity), () -> bytes);
    }

    private static long tableBytes(int capacity) {
        long length = 2 * 1024;
        while (capacity * 8L > length * 3) {
            length *= 2;
        }
        return length * Long.BYTES;
    }

    private void count() {
        bytes = (long) Long.BYTES * (newer.table.length + older.table.length);
    }

    boolean contains(EventKey key) {
        return newer.contains(key.high(), low(key)) || older.contains(key.high(), low(key));
    }

    /** Every id stored after this instant is here. */
    long completeSince() {
        return completeSince;
    }

    void add(EventKey key, long now) {
        int length = newer.table.length;
        newer.add(key.high(), low(key));
        if (newer.table.length != length) {
            count();
        }
        if (newer.size >= capacity) {
            Generation oldest = older;
            oldest.clear(); // its memory serves again: growing anew would stop the store thread at every doubling
            older = newer;
            completeSince = newerSince;
            newer = oldest;
            newerSince = now;
        }
    }

    private static long low(EventKey key) {
        return key.high() == 0 && key.low() == 0 ? 1 : key.low();
    }
}
