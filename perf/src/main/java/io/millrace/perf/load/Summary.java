package io.millrace.perf.load;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came of a run, warm-up left out.
 *
 * @param seconds how long was measured
 * @param requests answers
 * @param acknowledged those that say that all of the request was taken and counts
 * @param filtered those that say that it was taken and does not count
 * @param partly those that say that a part of it was taken
 * @param events page views acknowledged by a 2xx
 * @param statuses answers by status
 * @param samples the start of one body for each status that had one
 * @param failures exchanges that ended without an answer
 * @param latency of the requests that were taken, microseconds from the moment the request should have left
 * @param retryAfter seconds the server asked to wait
 * @param timeline every second, the warm-up among them
 * @param cpu what both sides used
 */
public record Summary(
        double seconds,
        long requests,
        long acknowledged,
        long filtered,
        long partly,
        long events,
        Map<Integer, Long> statuses,
        Map<Integer, String> samples,
        Map<Work.Failure, Long> failures,
        Histogram latency,
        Histogram retryAfter,
        List<Second> timeline,
        Cpu cpu) {

    /**
     * Processor time; -1: not known.
     *
     * @param ownMicros of the generator, per request
     * @param serverMicros of the server, per request
     * @param ownCores how many processors the generator kept busy
     * @param serverCores how many the server did
     */
    public record Cpu(double ownMicros, double serverMicros, double ownCores, double serverCores) {
        static final Cpu UNKNOWN = new Cpu(-1, -1, -1, -1);
    }

    /**
     * One second of a run.
     *
     * @param second its number, from 0
     * @param requests answers that came in it
     * @param events page views acknowledged in it
     * @param refused answers that were not 2xx
     * @param p50 median of its latencies in microseconds
     * @param p99 of the same
     * @param max of the same
     * @param server what the server used up to its end
     */
    public record Second(
            int second, long requests, long events, long refused, long p50, long p99, long max, Meter.Sample server) {}

    /**
     * Share of the requests that were acknowledged, in percent; 0 when there were none.
     *
     * @param unsent requests that should have been sent and were not
     */
    public double okPercent(long unsent) {
        long unanswered =
                failures.getOrDefault(Work.Failure.RESET, 0L) + failures.getOrDefault(Work.Failure.TIMEOUT, 0L);
        long all = requests + unanswered + unsent;
        return all == 0 ? 0 : 100.0 * acknowledged / all;
    }

    /** Page views acknowledged a second. */
    public double eventsPerSecond() {
        return events / seconds;
    }

    /** Milliseconds below which this percentage of the requests that were taken stayed. */
    public double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1000.0;
    }
}
