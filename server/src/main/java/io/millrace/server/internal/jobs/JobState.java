package io.millrace.server.internal.jobs;

import java.time.Instant;

/**
 * What is known of a job. Immutable; what has never been is null.
 *
 * @param due the latest time that it was done for, with success
 * @param began when it ran last
 * @param ended when that ended; null while it runs, or where the program ended meanwhile
 * @param failures how often it has failed since it last succeeded
 * @param said for people: what came of the last run
 */
public record JobState(Instant due, Instant began, Instant ended, int failures, String said) {
    static final JobState NEVER = new JobState(null, null, null, 0, null);

    /** How it stands. */
    public String result() {
        return began == null
                ? "never"
                : ended == null ? "running" : failures > 0 ? "failed" : said == null ? "off" : "ok";
    }
}
