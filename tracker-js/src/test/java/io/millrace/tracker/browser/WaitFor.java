package io.millrace.tracker.browser;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks a browser or a server of another process again and again, as there is nothing to be notified by. */
public record WaitFor(Duration atMost) {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * Returns when the condition holds.
     *
     * @throws AssertionError if it does not in time
     */
    public void until(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
