package io.millrace.storage.sqlite.internal.calendar;

/**
 * How far from the start of their visit page views, events and last activities lie. Immutable.
 *
 * @param before how long before it at most, milliseconds
 * @param after how long after it at most, milliseconds
 */
public record HitOffsets(long before, long after) {
    private static final long STEP = 3_600_000;

    /** The same, or one that covers this offset from a start, in whole hours, so that it seldom grows. */
    public HitOffsets covering(long offset) {
        if (offset <= after && -offset <= before) {
            return this;
        }
        return offset > 0 ? new HitOffsets(before, up(offset)) : new HitOffsets(up(-offset), after);
    }

    private static long up(long millis) {
        return (millis / STEP + 1) * STEP;
    }
}
