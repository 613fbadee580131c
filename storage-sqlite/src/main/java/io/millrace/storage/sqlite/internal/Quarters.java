package io.millrace.storage.sqlite.internal;

/** The 15 minutes of UTC that roll-ups for all zones are made of, numbered from 1970. */
final class Quarters {
    static final long MILLIS = 900_000;

    /** Quarters in a row, {@code from <= quarter < to}; none where {@code from} is not before {@code to}. */
    record Range(int from, int to) {
        boolean isEmpty() {
            return from >= to;
        }

        boolean contains(int quarter) {
            return from <= quarter && quarter < to;
        }
    }

    private Quarters() {}

    static int of(long utcMillis) {
        return (int) Math.floorDiv(utcMillis, MILLIS);
    }

    static long start(int quarter) {
        return quarter * MILLIS;
    }
}
