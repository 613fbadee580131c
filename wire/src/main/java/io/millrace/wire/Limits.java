package io.millrace.wire;

import java.time.Duration;

/** What bodies may hold at most, in whatever dialect. */
final class Limits {
    /** Objects and arrays within each other at most. */
    static final int MAX_DEPTH = 64;

    /** Members of an array at most. */
    static final int MAX_MEMBERS = 500;

    /** How long ago something may have happened when nobody vouches for the sender. */
    static final Duration MAX_AGE = Duration.ofHours(72);

    /** How long a page view can have been looked at. */
    static final Duration MAX_ENGAGED = Duration.ofDays(1);

    /** In 1973: smaller numbers are seconds, not milliseconds. */
    static final long MIN_TIME = 100_000_000_000L;

    /** The end of the year 9999. */
    static final long MAX_TIME = 253_402_300_799_999L;

    private Limits() {}
}
