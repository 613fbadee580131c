package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
final class Await {
    private static final long MOST_NANOS = 20_000_000_000L;

    private Await() {}

    static void until(BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(MOST_NANOS);
            Thread.yield();
        }
    }
}
