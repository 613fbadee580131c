package io.millrace.replay;

import io.millrace.wire.Cleaned;
import java.util.Map;

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
 * @param unread files that could not be read to their ends
 * @param cleaned what was cut or left out of beacons that were taken, and how often
 */
public record ReplayTotals(
        long lines,
        long stored,
        long duplicate,
        long filtered,
        long skipped,
        long refused,
        long lost,
        int unread,
        Map<Cleaned, Long> cleaned) {

    public ReplayTotals {
        cleaned = Map.copyOf(cleaned);
    }
}
