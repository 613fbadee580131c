package io.millrace.replay;

/**
 * How the lines of a replay ended. Immutable.
 *
 * @param lines read, those known from last time not among them
 * @param stored committed now
 * @param duplicate stored before
 * @param filtered stored apart, because they do not count
 * @param skipped lines that are no page views (access logs only)
 * @param refused lines that cannot be read, or name no site
 * @param lost unstorable ones, and those that the engine could not store before it stopped
 */
public record ReplayTotals(
        long lines, long stored, long duplicate, long filtered, long skipped, long refused, long lost) {}
