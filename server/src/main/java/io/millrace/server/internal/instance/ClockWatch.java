package io.millrace.server.internal.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when the machine's clock is set while the program runs. Thread-safe. */
final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    /** What a clock that is kept right by the network differs by at most. */
    private static final Duration JUMP = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long differs;
    private Jump last;

    /**
     * @param at when it was noticed, by the clock as it is now
     * @param by how far it went; negative: back
     */
    record Jump(Instant at, Duration by) {}

    ClockWatch(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.differs = difference();
    }

    private long difference() {
        return clock.millis() - nanoTime.getAsLong() / 1_000_000;
    }

    /** Looks; to be called every few seconds. */
    synchronized void look() {
        long now = difference();
        Duration by = Duration.ofMillis(now - differs);
        differs = now;
        if (by.abs().compareTo(JUMP) > 0) {
            last = new Jump(clock.instant(), by);
            LOG.warn("the clock was set {} by {}", by.isNegative() ? "back" : "forward", by.abs());
        }
    }

    /** The last time that it was set, or null. */
    synchronized Jump last() {
        return last;
    }
}
