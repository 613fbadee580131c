package io.millrace.storage.sqlite.internal.scan;

/**
 * Lets others run while a question is counted. A scheduler lets who computes go on for a tick of four milliseconds and more; an
 * event passes through several threads, and would wait as long for each of them. One worker's; not thread-safe.
 */
public final class Courtesy {
    private static final long SLICE_NANOS = 500_000;

    private long since = System.nanoTime();

    /** Between two pieces of work: offers the processor when it has been used for a while. */
    public void offer() {
        if (System.nanoTime() - since > SLICE_NANOS) {
            Thread.yield();
            since = System.nanoTime();
        }
    }
}
