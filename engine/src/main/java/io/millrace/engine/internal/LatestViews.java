package io.millrace.engine.internal;

import io.millrace.engine.Visit;

/**
 * Engagement of the latest page views of a visit in memory; that of older ones is looked up in the storage. Numbers in
 * one array, changed in place, because one is kept for every visit. The store thread's.
 */
final class LatestViews {
    private static final int KEPT = 4;
    private static final int WIDTH = 3;

    /** Heap that one holds. */
    static final int BYTES = 24 + 16 + WIDTH * KEPT * Long.BYTES;

    /**
     * Of each page view 64 bits of its key, its engaged milliseconds and its scroll. Who makes two keys that meet in 64 bits
     * confuses two page views of a visit of his own.
     */
    private final long[] views = new long[WIDTH * KEPT];

    private int size;
    private int next;

    /** The totals of this page view, which the client calls {@code id}; null: it is not here. */
    Visit.View get(EventKey key, String id) {
        int at = find(key);
        return at < 0 ? null : new Visit.View(id, views[at + 1], (int) views[at + 2]);
    }

    /** Keeps the totals of this page view, and forgets the oldest when there are too many. */
    void put(EventKey key, Visit.View view) {
        int at = find(key);
        if (at < 0) {
            at = WIDTH * next;
            next = (next + 1) % KEPT;
            size = Math.min(size + 1, KEPT);
        }
        views[at] = key.low();
        views[at + 1] = view.engagedMillis();
        views[at + 2] = view.scroll();
    }

    private int find(EventKey key) {
        for (int i = 0; i < WIDTH * size; i += WIDTH) {
            if (views[i] == key.low()) {
                return i;
            }
        }
        return -1;
    }

    void clear() {
        size = 0;
        next = 0;
    }
}
