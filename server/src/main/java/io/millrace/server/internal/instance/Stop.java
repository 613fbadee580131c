package io.millrace.server.internal.instance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into a wish that the main thread fulfils, so that the program's exit code is its own: the
 * JVM's would be 143. Thread-safe.
 */
public final class Stop {
    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int exitCode;

    /** Listens to signals from now on. */
    public static Stop onSignal() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::hook, "millrace-stop"));
        return stop;
    }

    private void hook() {
        boolean signal = done.getCount() > 0;
        wished.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (signal) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Whether there was a signal. */
    public boolean wished() {
        return wished.getCount() == 0;
    }

    /** Waits for a signal; false when there was none in this time. */
    public boolean await(long seconds) throws InterruptedException {
        return wished.await(seconds, TimeUnit.SECONDS);
    }

    /** Everything is closed; the process may end with this code. */
    public void done(int code) {
        exitCode = code;
        done.countDown();
    }
}
