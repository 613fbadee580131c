package io.millrace.storage.sqlite.internal;

/** The 15 minutes of UTC that roll-ups for all zones are made of, numbered from 1970. */
final class Quarters {
    static final long MILLIS = 900_000;

    private Quarters() {}

    static int of(long utcMillis) {
        return (int) Math.floorDiv(utcMillis, MILLIS);
    }

    static long start(int quarter) {
        return quarter * MILLIS;
    }
}
