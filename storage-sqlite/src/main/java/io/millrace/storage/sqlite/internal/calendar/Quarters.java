package io.millrace.storage.sqlite.internal.calendar;

/** The 15 minutes of UTC that roll-ups for all zones are made of, numbered from 1970. */
public final class Quarters {
    public static final long MILLIS = 900_000;

    /** Quarters in a row, {@code from <= quarter < to}; none where {@code from} is not before {@code to}. */
    public record Range(int from, int to) {
        public boolean isEmpty() {
            return from >= to;
        }

        public boolean contains(int quarter) {
            return from <= quarter && quarter < to;
        }
    }

    private Quarters() {}

    public static int of(long utcMillis) {
        return (int) Math.floorDiv(utcMillis, MILLIS);
    }

    public static long start(int quarter) {
        return quarter * MILLIS;
    }
}
