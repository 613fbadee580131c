package io.millrace.perf;

import java.time.Duration;

/** Refuses values of options with a line that names the option. */
final class Check {
    private Check() {}

    /** @throws IllegalArgumentException unless it holds */
    static void that(boolean holds, String option, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(option + ": " + otherwise);
        }
    }

    static void within(String option, long value, long least, long most) {
        that(value >= least && value <= most, option, "must be from " + least + " to " + most + ", not " + value);
    }

    static void positive(String option, double value) {
        that(value > 0 && Double.isFinite(value), option, "must be more than 0, not " + value);
    }

    /** @param value null: not given */
    static void positive(String option, Duration value) {
        that(value == null || value.toNanos() > 0, option, "must be longer than 0");
    }

    /** Visible ASCII, as stands in a line of HTTP. @param value null: not given */
    static void visible(String option, String value) {
        that(value == null || value.matches("[!-~]+"), option, "must be visible ASCII without blanks");
    }

    /** What an address has behind the host. @param value null: not given */
    static void path(String option, String value) {
        visible(option, value);
        that(value == null || value.startsWith("/"), option, "must begin with /: " + value);
    }
}
