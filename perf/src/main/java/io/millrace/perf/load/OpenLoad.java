package io.millrace.perf.load;

import io.millrace.perf.traffic.Requests;
import java.time.Duration;

/**
 * Requests at the moments a {@link Pace} says, whether or not the server keeps up. One that finds no free connection
 * waits, and its latency counts from the moment it should have left: a stall shows in all who would have come meanwhile.
 */
final class OpenLoad implements Work {
    private static final long GRACE = Duration.ofSeconds(10).toNanos();

    private final Requests requests;
    private final Tally tally;
    private final Pace pace;
    private final long start;
    private long left;
    private long intended;
    private long worstLateness;

    OpenLoad(Requests requests, Tally tally, Pace pace, long start, long count) {
        this.requests = requests;
        this.tally = tally;
        this.pace = pace;
        this.start = start;
        this.intended = start;
        this.left = count;
    }

    @Override
    public long due(long now) {
        return intended;
    }

    @Override
    public void fill(Exchange exchange, long now) {
        left--;
        exchange.intended = intended;
        exchange.events = requests.next(exchange.request);
        worstLateness = Math.max(worstLateness, now - intended);
        intended = start + pace.next(intended - start);
    }

    @Override
    public void answered(Exchange exchange, Response response, long now) {
        tally.answered(exchange, response, now);
    }

    @Override
    public void broken(Exchange exchange, Failure failure, long now) {
        tally.failed(failure, now);
    }

    @Override
    public boolean finished(long now) {
        return left <= 0 || intended >= tally.end() || now >= tally.end() + GRACE;
    }

    /** How many requests of the plan never left, because the server was that far behind. */
    long unsent() {
        long n = 0;
        for (long at = intended; left - n > 0 && at < tally.end(); at = start + pace.next(at - start)) {
            n++;
        }
        return n;
    }

    /** How late the latest request left, in milliseconds. */
    double worstLatenessMillis() {
        return worstLateness / 1e6;
    }
}
