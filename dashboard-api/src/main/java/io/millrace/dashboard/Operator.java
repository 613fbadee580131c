package io.millrace.dashboard;

import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the program around the dashboard tells those who run it: what it does at its time, and what it has found. Thread-safe. */
public interface Operator {
    /** For programs that have nothing to tell. */
    Operator NONE = new Operator() {
        @Override
        public List<Job> jobs() {
            return List.of();
        }

        @Override
        public CompletableFuture<Job> run(String name) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<Finding> findings() {
            return List.of();
        }

        @Override
        public String refusal(Channel channel, String target) {
            return "nothing is sent by this program";
        }

        @Override
        public CompletableFuture<String> test(Subscription subscription) {
            return CompletableFuture.completedFuture("nothing is sent by this program");
        }

        @Override
        public CompletableFuture<String> preview(Site site, Topic topic) {
            return CompletableFuture.completedFuture("");
        }
    };

    /**
     * Something that is done at its time. What has never been is null.
     *
     * @param name stable; one word
     * @param about for people: what it does
     * @param result {@code ok}, {@code failed}, {@code running}, {@code off} or {@code never}
     * @param lastRun when it began last
     * @param lastEnd when that ended
     * @param next when it is done next
     * @param said for people: what came of the last run
     */
    record Job(String name, String about, String result, Instant lastRun, Instant lastEnd, Instant next, String said) {}

    /** How much it matters. */
    enum Severity {
        /** Worth knowing. */
        INFO,
        /** Will hurt, if nobody does anything. */
        WARNING,
        /** Hurts now: events are lost or refused, or nothing of it would be left. */
        CRITICAL
    }

    /**
     * Something that somebody should know.
     *
     * @param id stable: what kind it is, {@code disk_low}
     * @param what for people: what is so, one sentence
     * @param action for people: what to do, one sentence
     */
    record Finding(String id, Severity severity, String what, String action) {}

    /** All jobs. From memory. */
    List<Job> jobs();

    /** Does a job now; how it stands afterwards, or null: there is none of that name. Returns at once. */
    CompletableFuture<Job> run(String name);

    /** What was found, what matters most first; empty: all is well. May ask disks, so not on an event loop. */
    List<Finding> findings();

    /** Why nothing can be sent there, for people; or null. May ask for names of hosts, so not on an event loop. */
    String refusal(Channel channel, String target);

    /** Sends the latest report to a subscriber, or a test; completes with why it did not arrive, or null. Returns at once. */
    CompletableFuture<String> test(Subscription subscription);

    /** What the latest mail of a site looks like, as part of a page. Returns at once. */
    CompletableFuture<String> preview(Site site, Topic topic);
}
