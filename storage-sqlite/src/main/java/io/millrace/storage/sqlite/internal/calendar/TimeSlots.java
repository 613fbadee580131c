package io.millrace.storage.sqlite.internal.calendar;

/** The slots that the indexes by time keep together: tenths of a second, numbered anew after 6.8 years. Pure functions. */
public final class TimeSlots {
    /** A slot as a number of four bytes, in a statement. */
    public static final String NUMBERED = " & 2147483647";

    /** The number of a hit's slot as the indexes have it; a statement that says it otherwise does not find them. */
    public static final String SLOT = "time / 100" + NUMBERED;

    private static final long MILLIS = 100;

    private TimeSlots() {}

    /** The slot of an instant, UTC milliseconds, as SQL divides. */
    public static long of(long millis) {
        return millis / MILLIS;
    }
}
