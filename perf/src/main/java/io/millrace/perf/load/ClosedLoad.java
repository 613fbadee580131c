package io.millrace.perf.load;

import io.millrace.perf.traffic.Requests;

/** As many requests under way as there are connections, each followed by the next as soon as it is answered. */
final class ClosedLoad implements Work {
    private final Requests requests;
    private final Tally tally;
    private final Patience patience;
    private long left;

    ClosedLoad(Requests requests, Tally tally, Patience patience, long count) {
        this.requests = requests;
        this.tally = tally;
        this.patience = patience;
        this.left = count;
    }

    @Override
    public long due(long now) {
        return now;
    }

    @Override
    public void fill(Exchange exchange, long now) {
        left--;
        patience.connected();
        exchange.intended = now;
        exchange.events = requests.next(exchange.request);
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
        return left <= 0 || now >= tally.end() || patience.isOver(now);
    }
}
