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
    private final Patience patience;
    private final Pace pace;
    private final long start;
    private long left;
    private long intended;
    private long worstLateness;

    OpenLoad(Requests requests, Tally tally, Patience patience, Pace pace, long start, long count) {
        this.requests = requests;
        this.tally = tally;
        this.patience = patience;
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
        patience.connected();
        exchange.intended = intended;
        exchange.events = requests.next(exchange.request);
        worstLateness = Math.max(worstLateness, now - intended);
        intended = start + pace.next(intended - start);
    }

    @Override
    public void answered(Exchange exchange, Response response, long now) {
        patience.answered(now);
        tally.answered(exchange, response, now);
    }

    @Override
    public void broken(Exchange exchange, Failure failure, long now) {
        patience.failed();
        tally.failed(exchange, failure, now);
    }

    @Override
    public boolean finished(long now) {
        return left <= 0 || intended >= tally.end() || now - GRACE >= tally.end() || patience.isOver(now);
    }

    /** How many requests of the plan never left until now, because the server was that far behind. */
    long unsent(long now) {
        long end = Math.min(now, tally.end());
        long n = 0;
        for (long at = intended; left - n > 0 && at < end; at = start + pace.next(at - start)) {
            n++;
        }
        return n;
    }

    /** How late the latest request left, in milliseconds. */
    double worstLatenessMillis() {
        return worstLateness / 1e6;
    }
}
