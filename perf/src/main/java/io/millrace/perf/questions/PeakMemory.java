package io.millrace.perf.questions;

import io.millrace.perf.load.Meter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches the anonymous memory of a process while it is open. Thread-safe. */
public final class PeakMemory implements AutoCloseable {
    private static final int EVERY_MILLIS = 50;

    private final AtomicLong peakKb = new AtomicLong();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peak-memory");
        thread.setDaemon(true);
        return thread;
    });

    public PeakMemory(long pid) {
        looks.scheduleAtFixedRate(
                () -> peakKb.accumulateAndGet(Meter.anonymousKb(pid), Math::max),
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** The most so far, MiB. */
    public long mb() {
        return peakKb.get() >> 10;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
