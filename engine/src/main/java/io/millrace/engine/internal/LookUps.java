package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long one batch may look things up in the storage for strangers: what memory knows costs nothing, and whoever asks
 * for more than others is told to come again. Beacons that came in arrays have half as long together as those that came
 * alone, and take nothing from them; trusted senders and callers who wait for room have no limit. Lives as long as a batch.
 */
final class LookUps {

    /** Thrown when there is no time left; nothing of the slot has happened yet. */
    @SuppressWarnings("serial") // never leaves this package
    static final class Spent extends RuntimeException {
        private static final Spent INSTANCE = new Spent();

        private Spent() {
            super("too many look-ups", null, false, false);
        }
    }

    /** Who asks. */
    enum Asker {
        /** In an array with many others. */
        ARRAY,
        /** Alone in its request. */
        ALONE,
        /** Trusted, or waiting. */
        PATIENT;

        static Asker of(Beacon beacon, int members) {
            return beacon.trusted() ? PATIENT : members > ArrayShare.FEW ? ARRAY : ALONE;
        }
    }

    /** One answer counts as no more than such a part of the limit: the thread may have lost its core meanwhile. */
    private static final int PARTS = 8;

    private final long limitNanos;
    private final LongSupplier nanoTime;
    private final long[] spentNanos = new long[Asker.values().length];

    LookUps(long limitNanos) {
        this(limitNanos, System::nanoTime);
    }

    LookUps(long limitNanos, LongSupplier nanoTime) {
        this.limitNanos = limitNanos;
        this.nanoTime = nanoTime;
    }

    /** What the storage says. @throws Spent when this asker has used up its time */
    <T> T run(Asker asker, Supplier<T> question) {
        long spent = spentNanos[asker.ordinal()];
        if (asker != Asker.PATIENT && spent >= (asker == Asker.ALONE ? limitNanos : limitNanos / 2)) {
            throw Spent.INSTANCE;
        }
        long start = nanoTime.getAsLong();
        T answer = question.get();
        spentNanos[asker.ordinal()] = spent + Math.min(nanoTime.getAsLong() - start, limitNanos / PARTS);
        return answer;
    }
}
