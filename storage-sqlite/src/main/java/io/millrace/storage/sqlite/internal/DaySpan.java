package io.millrace.storage.sqlite.internal;

/**
 * Days of a site in a row, numbered from 1970; none where the first is after the last. Immutable.
 *
 * @param last inclusive
 */
record DaySpan(int first, int last) {
    static final DaySpan NONE = new DaySpan(1, 0);

    boolean isEmpty() {
        return first > last;
    }

    boolean contains(int day) {
        return first <= day && day <= last;
    }

    /** Those of them that are not before a day. */
    DaySpan from(int day) {
        return new DaySpan(Math.max(first, day), last);
    }
}
