package io.millrace.perf.hostile;

import io.millrace.perf.audit.SentIds;
import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work;
import io.millrace.perf.traffic.Requests;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Page views of people who know nothing of the attack: so many a second, each from another address, whether or not the
 * server keeps up. The client's thread works it; {@link #measure} and {@link #stop} may be called by others.
 */
final class Bystander implements Work {
    /** As wide as an address can be; its digits are overwritten. */
    static final String HEADER = "X-Forwarded-For: 100.100.100.100\r\n";

    private static final byte[] MARK = "X-Forwarded-For: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Requests requests;
    private final long interval;
    private final SentIds ids = new SentIds();
    private final Histogram latency = new Histogram(120_000_000L, 3);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long intended = System.nanoTime();
    private long sent;
    private long unanswered;
    private volatile boolean measuring;
    private volatile boolean stopped;

    Bystander(Requests requests, int perSecond) {
        this.requests = requests;
        this.interval = 1_000_000_000L / perSecond;
    }

    @Override
    public long due(long now) {
        return intended;
    }

    @Override
    public void fill(Exchange exchange, long now) {
        requests.next(exchange.request);
        exchange.intended = intended;
        exchange.attachment = ids.add(requests.hits()[0].idHigh, requests.hits()[0].idLow);
        address(exchange.request, sent++);
        intended += interval;
    }

    /** Writes an address of 100.100.100.100 to 199.199.199.199 in place of the one that is there. */
    private static void address(ByteBuffer request, long n) {
        int at = 0;
        while (!marked(request, at)) {
            at++;
        }
        at += MARK.length;
        for (int part = 0; part < 4; part++) {
            request.put(at + 4 * part + 1, (byte) ('0' + n / 10 % 10));
            request.put(at + 4 * part + 2, (byte) ('0' + n % 10));
            n /= 100;
        }
    }

    private static boolean marked(ByteBuffer request, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (request.get(at + i) != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void answered(Exchange exchange, Response response, long now) {
        if (response.status() == 202) {
            ids.acknowledge((Integer) exchange.attachment);
        }
        if (measuring) {
            statuses.merge(response.status(), 1L, Long::sum);
            latency.recordValue(Math.min((now - exchange.intended) / 1_000, 119_000_000));
        }
    }

    @Override
    public void broken(Exchange exchange, Failure failure, long now) {
        unanswered += measuring ? 1 : 0;
    }

    @Override
    public boolean finished(long now) {
        return stopped;
    }

    /** From now on, or no more, answers are counted. */
    void measure(boolean on) {
        measuring = on;
    }

    void stop() {
        stopped = true;
    }

    /** What was sent; after the client has ended. */
    SentIds ids() {
        return ids;
    }

    /** Microseconds from when a request should have left to its answer; after the client has ended. */
    Histogram latency() {
        return latency;
    }

    /** After the client has ended. */
    Map<Integer, Long> statuses() {
        return statuses;
    }

    /** Requests that were never answered; after the client has ended. */
    long unanswered() {
        return unanswered;
    }
}
