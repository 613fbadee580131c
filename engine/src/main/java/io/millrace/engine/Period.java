package io.millrace.engine;

/** A half-open range of time, UTC milliseconds: {@code from <= t < to}. Immutable. */
public record Period(long from, long to) {
    public Period {
        if (to < from) {
            throw new IllegalArgumentException("period ends before it starts: " + from + " to " + to);
        }
    }

    /** Whether an instant lies in it. */
    public boolean contains(long utcMillis) {
        return utcMillis >= from && utcMillis < to;
    }
}
