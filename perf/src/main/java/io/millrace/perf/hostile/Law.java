package io.millrace.perf.hostile;

import io.millrace.perf.hostile.bystander.Bystanders;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether everything received has one outcome, by the server's own counts. */
final class Law {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long EVERY_NANOS = 100_000_000;
    private static final Pattern SAMPLE = Pattern.compile(
            "(?m)^(millrace_received_total|millrace_beacons_total|millrace_in_flight)(?:\\{[^}]*})? (-?[0-9.E]+)$");

    private final Ground ground;
    private final Millrace server;
    private String last = "no answer";

    Law(Ground ground, Millrace server) {
        this.ground = ground;
        this.server = server;
    }

    /** Waits until it holds, or the server has ended, or a minute is over; returns how many seconds that took, or -1. */
    double settles() throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos() && server.alive()) {
            if (holds()) {
                return (System.nanoTime() - start) / 1e9;
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
        return -1;
    }

    private boolean holds() throws InterruptedException {
        try {
            long received = 0;
            long ended = 0;
            long inFlight = 0;
            Matcher samples = SAMPLE.matcher(ground.metrics(server));
            while (samples.find()) {
                long n = (long) Double.parseDouble(samples.group(2));
                received += samples.group(1).contains("received") ? n : 0;
                ended += samples.group(1).contains("beacons") ? n : 0;
                inFlight += samples.group(1).contains("in_flight") ? n : 0;
            }
            last = "received " + received + ", ended " + ended + ", in flight " + inFlight;
            // The bystanders go on, so a few are always under way.
            return received - ended == inFlight && inFlight >= 0 && inFlight <= Bystanders.CONNECTIONS;
        } catch (IOException e) {
            last = e.toString();
            return false;
        }
    }

    /** What was seen last. */
    String last() {
        return last;
    }
}
