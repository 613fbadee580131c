package io.millrace.perf.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** A dashboard left open: asks for a list of addresses, one after the other, every so often. */
public final class Poller implements Work {
    private static final long LONGEST_MICROS = 120_000_000;

    private final List<String> paths;
    private final String head;
    private final long every;
    private final long measuredFrom;
    private final Work load;
    private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private int nextPath;
    private long round;
    private long failures;

    /**
     * @param key sent as bearer, or null
     * @param start when the first round begins, by {@link System#nanoTime}
     * @param measuredFrom what is asked earlier warms up and does not count, by {@link System#nanoTime}
     * @param load nothing more is asked when it has finished
     */
    public Poller(
            List<String> paths, String host, String key, Duration every, long start, long measuredFrom, Work load) {
        this.paths = paths;
        this.head = " HTTP/1.1\r\nHost: " + host + "\r\nAccept: application/json\r\n"
                + (key == null ? "" : "Authorization: Bearer " + key + "\r\n") + "\r\n";
        this.every = every.toNanos();
        this.round = start;
        this.measuredFrom = measuredFrom;
        this.load = load;
    }

    /** Bytes of the longest request. */
    int capacity() {
        return 64
                + head.length()
                + paths.stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public long due(long now) {
        return round;
    }

    @Override
    public void fill(Exchange exchange, long now) {
        exchange.intended = now;
        exchange.request.clear();
        exchange.request
                .put(("GET " + paths.get(nextPath) + head).getBytes(UTF_8))
                .flip();
        nextPath = (nextPath + 1) % paths.size();
        if (nextPath == 0) {
            round = Math.max(round + every, now);
        }
    }

    @Override
    public void answered(Exchange exchange, Response response, long now) {
        if (exchange.intended >= measuredFrom) {
            statuses.merge(response.status(), 1L, Long::sum);
            latency.recordValue(Math.min(LONGEST_MICROS, (now - exchange.intended) / 1000));
        }
    }

    @Override
    public void broken(Exchange exchange, Failure failure, long now) {
        long asked = exchange == null ? now : exchange.intended;
        failures += asked >= measuredFrom ? 1 : 0;
    }

    @Override
    public boolean finished(long now) {
        return load.finished(now);
    }

    /** Microseconds from request to whole answer. */
    public Histogram latency() {
        return latency;
    }

    /** Answers by status. */
    public Map<Integer, Long> statuses() {
        return statuses;
    }

    /** How often no answer came. */
    public long failures() {
        return failures;
    }
}
