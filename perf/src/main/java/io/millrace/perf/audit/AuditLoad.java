package io.millrace.perf.audit;

import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work;
import io.millrace.perf.traffic.Hit;
import io.millrace.perf.traffic.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * New events as fast as they are answered; whatever was not acknowledged is sent again with the same id and the next
 * attempt until it is. The client's thread works it; other threads may call {@link #acknowledged}, {@link #stop} and
 * {@link #problems}.
 */
final class AuditLoad implements Work {
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int PROBLEMS_KEPT = 20;
    /** With more than this to repeat nothing new is sent: a server that refuses all must not fill this memory. */
    private static final int MOST_TO_REPEAT = 20_000;

    private final Requests requests;
    private final SentIds ids = new SentIds();
    private final ArrayDeque<Pending> retries = new ArrayDeque<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private int unacknowledged;
    private long retried;
    private long unanswered;
    private long slowestNanos;
    private long answeredSoFar;
    private long acknowledgedSoFar;
    private volatile long acknowledged;
    private volatile long answers;
    private volatile boolean stopping;
    private volatile boolean abandoned;

    /** A request that has been sent, with the index of its first id. */
    private static final class Pending {
        private byte[] bytes;
        private int firstId;
        private int ids;
        private long notBefore;
    }

    AuditLoad(Requests requests) {
        this.requests = requests;
    }

    @Override
    public long due(long now) {
        if (!retries.isEmpty() && retries.peek().notBefore <= now || !stopping && retries.size() < MOST_TO_REPEAT) {
            return now;
        }
        return retries.isEmpty() ? Long.MAX_VALUE : retries.peek().notBefore;
    }

    @Override
    public void fill(Exchange exchange, long now) {
        boolean repeat = !retries.isEmpty() && retries.peek().notBefore <= now;
        Pending pending = repeat ? retries.poll() : draw(exchange);
        exchange.attachment = pending;
        exchange.request.clear();
        exchange.request.put(pending.bytes).flip();
        if (repeat) {
            retried++;
            Requests.raiseAttempts(exchange.request);
            exchange.request.get(0, pending.bytes);
        }
    }

    private Pending draw(Exchange exchange) {
        requests.next(exchange.request);
        Pending pending = new Pending();
        pending.bytes = new byte[exchange.request.remaining()];
        exchange.request.get(pending.bytes);
        pending.firstId = ids.size();
        for (Hit hit : requests.hits()) {
            ids.add(hit.idHigh, hit.idLow);
            pending.ids++;
        }
        unacknowledged += pending.ids;
        return pending;
    }

    @Override
    public void answered(Exchange exchange, Response response, long now) {
        Pending pending = (Pending) exchange.attachment;
        statuses.merge(response.status(), 1L, Long::sum);
        slowestNanos = Math.max(slowestNanos, now - exchange.sent);
        answers = ++answeredSoFar;
        if (response.status() == 202 && response.body().isEmpty()) {
            acknowledge(pending);
        } else if (response.status() == 503 || response.status() == 429) {
            again(pending, now + PAUSE_NANOS);
        } else {
            problem("answered " + response.status() + ": " + response.body());
            unacknowledged -= pending.ids;
        }
    }

    private void acknowledge(Pending pending) {
        for (int i = 0; i < pending.ids; i++) {
            ids.acknowledge(pending.firstId + i);
        }
        unacknowledged -= pending.ids;
        acknowledgedSoFar += pending.ids;
        acknowledged = acknowledgedSoFar;
    }

    @Override
    public void broken(Exchange exchange, Failure failure, long now) {
        if (exchange != null) {
            unanswered++;
            again((Pending) exchange.attachment, now);
        }
    }

    private void again(Pending pending, long notBefore) {
        pending.notBefore = notBefore;
        retries.add(pending);
    }

    @Override
    public boolean finished(long now) {
        return abandoned || stopping && unacknowledged == 0;
    }

    private void problem(String text) {
        if (problems.size() < PROBLEMS_KEPT) {
            problems.add(text);
        }
    }

    /** Events acknowledged so far. */
    long acknowledged() {
        return acknowledged;
    }

    /** Requests answered so far, however. */
    long answers() {
        return answers;
    }

    /** No new events; the load ends when everything sent is acknowledged. */
    void stop() {
        stopping = true;
    }

    /** Ends the load at once. */
    void abandon() {
        abandoned = true;
    }

    /** Answers that no repeat can mend. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** What was sent; after the load has ended. */
    SentIds ids() {
        return ids;
    }

    /** Requests that were sent again; after the load has ended. */
    long retried() {
        return retried;
    }

    /** Requests whose connection ended before the answer; after the load has ended. */
    long unanswered() {
        return unanswered;
    }

    /** The longest time from a request to its answer; after the load has ended. */
    long slowestMillis() {
        return slowestNanos / 1_000_000;
    }

    /** Answers by status; after the load has ended. */
    Map<Integer, Long> statuses() {
        return statuses;
    }
}
