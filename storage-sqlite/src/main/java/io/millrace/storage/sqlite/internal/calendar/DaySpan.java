package io.millrace.storage.sqlite.internal.calendar;

/**
 * Days of a site in a row, numbered from 1970; none where the first is after the last. Immutable.
 *
 * @param last inclusive
 */
public record DaySpan(int first, int last) {
    public static final DaySpan NONE = new DaySpan(1, 0);

    public boolean isEmpty() {
        return first > last;
    }

    public boolean contains(int day) {
        return first <= day && day <= last;
    }

    /** Those of them that are not before a day. */
    public DaySpan from(int day) {
        return new DaySpan(Math.max(first, day), last);
    }
}
