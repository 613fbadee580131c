package io.millrace.storage.sqlite.internal.calendar;

/** The slots that the indexes by time keep together. Pure functions. */
public final class TimeSlots {
    /** The slot of a hit as the indexes have it; a statement that says it otherwise does not find them. */
    public static final String SLOT = "time / 100";

    private static final long MILLIS = 100;

    private TimeSlots() {}

    /** The slot of an instant, UTC milliseconds. */
    public static long of(long millis) {
        return Math.floorDiv(millis, MILLIS);
    }
}
