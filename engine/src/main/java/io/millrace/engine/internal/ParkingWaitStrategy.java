package io.millrace.engine.internal;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * For a chain of two handlers. Blocks while the ring is empty, and parks for moments while the first handler is still at
 * work. While the second is at work, the first is woken for several events at once: nobody waits for it meanwhile, and to
 * wake a thread costs as much as what it does for an event. The library's blocking strategy wakes it for each, and spins
 * where this one parks: see {@code RATIONALE.md}.
 */
final class ParkingWaitStrategy implements WaitStrategy {
    private static final int SPINS = 100;
    private static final long PARK_NANOS = 50_000;
    private static final int WORTH_WAKING = 16;
    private static final long AWAKE = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();

    /** The next event of the first handler while it sleeps, or {@link #AWAKE}. */
    private volatile long asleepFor = AWAKE;

    /** Whether the second handler has nothing to do. */
    private volatile boolean idle = true;

    private volatile SequenceBarrier first;

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        if (dependent == cursor) {
            return sleep(sequence, cursor, barrier);
        }
        idle = true; // before it looks whether to wake the first: who publishes does both in the other order
        try {
            if (asleepFor != AWAKE && cursor.get() >= asleepFor) {
                wake();
            }
            block(sequence, cursor, barrier);
            return park(sequence, dependent, barrier);
        } finally {
            idle = false;
        }
    }

    private long sleep(long sequence, Sequence cursor, SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        if (cursor.get() < sequence) {
            first = barrier;
            asleepFor = sequence;
            try {
                block(sequence, cursor, barrier);
            } finally {
                asleepFor = AWAKE;
            }
        }
        return cursor.get();
    }

    private void block(long sequence, Sequence cursor, SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        if (cursor.get() < sequence) {
            lock.lock();
            try {
                while (cursor.get() < sequence) {
                    barrier.checkAlert();
                    published.await();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static long park(long sequence, Sequence dependent, SequenceBarrier barrier) throws AlertException {
        long available;
        for (int spins = 0; (available = dependent.get()) < sequence; spins++) {
            barrier.checkAlert();
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NANOS);
            }
        }
        return available;
    }

    /** Something was published, or a handler is to end. */
    @Override
    public void signalAllWhenBlocking() {
        if (idle || first == null || first.isAlerted() || worthWaking()) {
            wake();
        }
    }

    private boolean worthWaking() {
        long next = asleepFor;
        return next != AWAKE && first.getCursor() - next >= WORTH_WAKING - 1;
    }

    private void wake() {
        lock.lock();
        try {
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
