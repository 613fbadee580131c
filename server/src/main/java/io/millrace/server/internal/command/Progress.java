package io.millrace.server.internal.command;

import java.io.PrintWriter;
import java.util.Locale;

/** A bar on the terminal of whoever waits; nothing when nobody watches. Not thread-safe. */
public final class Progress {
    private static final int WIDTH = 40;
    private static final long EVERY_NANOS = 100_000_000;

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private long shownAt = System.nanoTime() - EVERY_NANOS;
    private boolean shown;

    public Progress(PrintWriter err, boolean terminal, String what) {
        this.err = err;
        this.terminal = terminal;
        this.what = what;
    }

    public Progress(Invocation invocation, String what) {
        this(invocation.err(), invocation.call().terminal(), what);
    }

    /** Shows how much is done, from 0 to 1. */
    public void show(double done) {
        long now = System.nanoTime();
        if (!terminal || done < 1 && now - shownAt < EVERY_NANOS) {
            return;
        }
        shownAt = now;
        shown = true;
        int full = (int) Math.round(Math.max(0, Math.min(1, done)) * WIDTH);
        String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
        err.printf(Locale.ROOT, "\r%s [%s] %3d %%", what, bar, (int) (done * 100));
        err.flush();
    }

    /** Leaves the line. */
    public void end() {
        if (shown) {
            err.println();
        }
    }
}
