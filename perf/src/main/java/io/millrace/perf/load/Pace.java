package io.millrace.perf.load;

import java.util.List;

/**
 * How many requests a second should arrive at a moment of a run. Immutable.
 *
 * @param steps rates, each for an equal part of the run
 * @param lengthNanos how long the run is
 * @param dayNanos length of a "day" whose rate swings between 0.3 and 1.7 of the step's; 0: none
 * @param burstFactor how many times the rate while a burst lasts
 * @param burstNanos how long a burst lasts
 * @param burstEveryNanos from one burst's start to the next's; 0: none
 */
public record Pace(
        List<Double> steps,
        long lengthNanos,
        long dayNanos,
        double burstFactor,
        long burstNanos,
        long burstEveryNanos) {

    /** The same rate throughout. */
    public static Pace constant(double rate) {
        return new Pace(List.of(rate), 1, 0, 1, 0, 0);
    }

    /** Requests a second, so many nanoseconds after the start. */
    double rateAt(long nanos) {
        int step = (int) Math.min(steps.size() - 1, steps.size() * Math.max(0, nanos) / lengthNanos);
        double rate = steps.get(step);
        if (dayNanos > 0) {
            rate *= 1 - 0.7 * Math.cos(2 * Math.PI * nanos / dayNanos);
        }
        if (burstEveryNanos > 0 && nanos % burstEveryNanos < burstNanos) {
            rate *= burstFactor;
        }
        return rate;
    }

    /** When the request after one intended at this moment is due. */
    long next(long nanos) {
        return nanos + (long) (1e9 / rateAt(nanos));
    }
}
