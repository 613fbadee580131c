package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing that is published waits for what comes after it, and both handlers end when they are told to. */
class ParkingWaitStrategyTest {
    private static final int ROUNDS = 20_000;

    private final Semaphore stored = new Semaphore(0);
    private final Random random = new Random(7);
    private final CountDownLatch mayStore = new CountDownLatch(1);
    private final List<Thread> handlers = new ArrayList<>();
    private final AtomicInteger batchesOfTheFirst = new AtomicInteger();
    private Disruptor<int[]> disruptor;

    private RingBuffer<int[]> start(EventHandler<int[]> second) {
        disruptor =
                new Disruptor<>(() -> new int[1], 1_024, this::thread, ProducerType.MULTI, new ParkingWaitStrategy());
        EventHandler<int[]> first = (slot, sequence, end) -> {
            slot[0]++;
            batchesOfTheFirst.addAndGet(end ? 1 : 0);
        };
        disruptor.handleEventsWith(first).then(second);
        return disruptor.start();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        handlers.add(thread);
        return thread;
    }

    @AfterEach
    void end() {
        mayStore.countDown();
        disruptor.halt();
    }

    @Test
    void fewEventsThatComeWhileTheSecondWorksAreNotForgotten() throws Exception {
        RingBuffer<int[]> ring = start((slot, sequence, end) -> {
            if (sequence % 5 == 0) {
                LockSupport.parkNanos(sequence % 3 * 20_000);
            }
            stored.release();
        });
        for (int round = 0; round < ROUNDS; round++) {
            int few = 1 + random.nextInt(40);
            for (int i = 0; i < few; i++) {
                ring.publishEvent((slot, sequence) -> slot[0] = 0);
            }
            if (random.nextInt(4) != 0) {
                assertThat(stored.tryAcquire(few, 10, TimeUnit.SECONDS))
                        .as("round %d", round)
                        .isTrue();
            } else {
                stored.acquire(few);
            }
        }
    }

    @Test
    void theFirstIsNotWokenForEachEventWhileTheSecondWorks() throws Exception {
        RingBuffer<int[]> ring = start((slot, sequence, end) -> {
            mayStore.await();
            assertThat(slot[0]).isEqualTo(1);
            stored.release();
        });
        for (int i = 0; i < 100; i++) {
            ring.publishEvent((slot, sequence) -> slot[0] = 0);
            LockSupport.parkNanos(200_000);
        }
        assertThat(batchesOfTheFirst.get()).isLessThan(20);
        mayStore.countDown();
        assertThat(stored.tryAcquire(100, 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void bothEndThoughSomethingWaitsForThem() throws Exception {
        RingBuffer<int[]> ring = start((slot, sequence, end) -> mayStore.await());
        ring.publishEvent((slot, sequence) -> slot[0] = 0);
        TimeUnit.MILLISECONDS.sleep(20);
        ring.publishEvent((slot, sequence) -> slot[0] = 0);
        disruptor.halt();
        mayStore.countDown();
        for (Thread handler : handlers) {
            handler.join(10_000);
            assertThat(handler.isAlive()).isFalse();
        }
    }

    @Test
    void bothEndWhereNothingHappens() throws Exception {
        start((slot, sequence, end) -> {});
        TimeUnit.MILLISECONDS.sleep(20);
        disruptor.halt();
        for (Thread handler : handlers) {
            handler.join(10_000);
            assertThat(handler.isAlive()).isFalse();
        }
    }
}
