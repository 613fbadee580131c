package io.millrace.storage.sqlite.internal;

/** The slots of the indexes by time, {@code time / 100} in the schema. Pure functions. */
final class TimeSlots {
    private static final long MILLIS = 100;

    private TimeSlots() {}

    /** The slot of an instant, UTC milliseconds. */
    static long of(long millis) {
        return Math.floorDiv(millis, MILLIS);
    }
}
