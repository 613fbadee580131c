package io.millrace.perf.load;

import java.time.Duration;

/**
 * When a run gives up, because nobody is there to end it: no connection was made for ten seconds, or nothing was answered
 * for a minute in a run that ends by a count. Used by the client's thread.
 */
final class Patience {
    private static final long UNCONNECTED_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long UNANSWERED_NANOS = Duration.ofSeconds(60).toNanos();

    private final long start;
    private final boolean ends;
    private boolean connected;
    private boolean failing;
    private long heard;
    private String reason;

    /** @param ends whether the run ends by itself, answered or not */
    Patience(long start, boolean ends) {
        this.start = start;
        this.heard = start;
        this.ends = ends;
    }

    /** A request is being sent. */
    void connected() {
        connected = true;
    }

    void answered(long now) {
        heard = now;
        failing = false;
    }

    void failed() {
        failing = true;
    }

    boolean isOver(long now) {
        if (reason == null && !connected && now - start > UNCONNECTED_NANOS) {
            reason = "no connection within 10 s";
        }
        if (reason == null && !ends && failing && now - heard > UNANSWERED_NANOS) {
            reason = "no answer within 60 s";
        }
        return reason != null;
    }

    /** Why it is over, or null. */
    String reason() {
        return reason;
    }
}
