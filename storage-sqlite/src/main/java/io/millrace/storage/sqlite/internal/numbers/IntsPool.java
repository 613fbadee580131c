package io.millrace.storage.sqlite.internal.numbers;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What workers count with, kept from question to question: made anew each time, it would be most of what the collector has to
 * do. Thread-safe.
 */
public final class IntsPool {
    private static final int NUMBERS_MOST = 1 << 16;
    private static final int KEPT_MOST = 128;

    @Bounded("storage_scratch")
    private final Deque<Ints> free = new ArrayDeque<>();

    /** Registers what is kept. */
    public void register(Bounds bounds) {
        bounds.add("storage_scratch", (long) KEPT_MOST * NUMBERS_MOST * Integer.BYTES, this::held);
    }

    private synchronized long held() {
        return free.stream()
                .mapToLong(ints -> (long) ints.values.length * Integer.BYTES)
                .sum();
    }

    private synchronized Ints take() {
        Ints ints = free.poll();
        return ints == null ? new Ints() : ints;
    }

    private synchronized void giveBack(List<Ints> used) {
        for (Ints ints : used) {
            ints.clear();
            if (ints.values.length <= NUMBERS_MOST && free.size() < KEPT_MOST) {
                free.push(ints);
            }
        }
    }

    /** What one worker has taken, until it gives all of it back. Not thread-safe. */
    public final class Lease implements AutoCloseable {
        private final List<Ints> taken = new ArrayList<>();

        public Ints take() {
            Ints ints = IntsPool.this.take();
            taken.add(ints);
            return ints;
        }

        public Ints[] take(int count) {
            Ints[] several = new Ints[count];
            for (int i = 0; i < count; i++) {
                several[i] = take();
            }
            return several;
        }

        @Override
        public void close() {
            giveBack(taken);
        }
    }
}
