package io.millrace.server.internal.jobs;

import java.time.Instant;

/**
 * Something that is done at its time. Immutable.
 *
 * @param name stable; one word
 * @param about for people: what it does
 * @param makeUp what is done about times at which nothing ran
 */
public record Job(String name, String about, Schedule schedule, MakeUp makeUp, Work work) {

    /** What is done about times at which nothing ran. */
    public enum MakeUp {
        /** It is done once, however many were missed, and at once where it has never been done. */
        LATEST,
        /** It is done for each of them, one after the other; where it has never been done, from the next time on. */
        EACH
    }

    /** Does it. */
    @FunctionalInterface
    public interface Work {
        /**
         * Runs again after a failure, and where the program ended meanwhile; so twice for the same time must be as good as once.
         *
         * @param due the time that it is done for
         * @return for people: what came of it; null: it is switched off
         */
        String run(Instant due) throws Exception;
    }
}
