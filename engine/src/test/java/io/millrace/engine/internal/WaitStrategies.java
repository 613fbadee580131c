package io.millrace.engine.internal;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Measures wait strategies under a chain of two handlers that work as long as enriching and storing do, and under one
 * merged handler: processor time when idle, at a steady rate and while only the first works, and the greatest rate.
 * Prints a Markdown table. The decision is in the engine's {@code RATIONALE.md}.
 */
public final class WaitStrategies {
    private static final int ENRICH_NANOS = 2_000;
    private static final int STORE_NANOS = 10_000;
    private static final int PER_SECOND = 20_000;
    private static final int SECONDS = 3;

    private static final class Cell {
        long enrichNanos;
        long storeNanos;
    }

    private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    private final List<Thread> handlers = new ArrayList<>();
    private final Disruptor<Cell> disruptor;
    private final RingBuffer<Cell> ring;

    private WaitStrategies(WaitStrategy strategy, boolean merged) {
        disruptor = new Disruptor<>(Cell::new, 16_384, this::thread, ProducerType.MULTI, strategy);
        EventHandler<Cell> enrich = (cell, sequence, end) -> work(cell.enrichNanos);
        EventHandler<Cell> store = (cell, sequence, end) -> work(cell.storeNanos);
        if (merged) {
            disruptor.handleEventsWith((EventHandler<Cell>) (cell, sequence, end) -> {
                work(cell.enrichNanos);
                work(cell.storeNanos);
            });
        } else {
            disruptor.handleEventsWith(enrich).then(store);
        }
        ring = disruptor.start();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "handler-" + handlers.size());
        thread.setDaemon(true);
        handlers.add(thread);
        return thread;
    }

    /** Keeps a core busy, as parsing and SQL do. */
    private static void work(long nanos) {
        for (long until = System.nanoTime() + nanos; System.nanoTime() < until; ) {
            Thread.onSpinWait();
        }
    }

    private void publish(long enrichNanos, long storeNanos) {
        ring.publishEvent((cell, sequence) -> {
            cell.enrichNanos = enrichNanos;
            cell.storeNanos = storeNanos;
        });
    }

    private long handlerNanos() {
        return handlers.stream().mapToLong(t -> cpu.getThreadCpuTime(t.getId())).sum();
    }

    /** Cores that the handlers use while something goes on. */
    private double cores(Runnable meanwhile) {
        long before = handlerNanos();
        long start = System.nanoTime();
        meanwhile.run();
        return (handlerNanos() - before) / (double) (System.nanoTime() - start);
    }

    private static void rest(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private void steady() {
        long start = System.nanoTime();
        for (int i = 0; i < PER_SECOND * SECONDS; i++) {
            publish(ENRICH_NANOS, STORE_NANOS);
            if (i % 20 == 0) {
                long due = start + i * (1_000_000_000L / PER_SECOND);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private double saturated() {
        int events = 100_000;
        long start = System.nanoTime();
        for (int i = 0; i < events; i++) {
            publish(ENRICH_NANOS, STORE_NANOS);
        }
        while (ring.remainingCapacity() < ring.getBufferSize()) {
            LockSupport.parkNanos(100_000);
        }
        return events * 1e9 / (System.nanoTime() - start);
    }

    private String row(String name) {
        saturated();
        double idle = cores(() -> rest(SECONDS * 1_000));
        double upstream = cores(() -> {
            publish(1_000_000_000L, 0);
            rest(1_000);
        });
        double paced = cores(this::steady);
        double rate = saturated();
        disruptor.halt();
        return String.format("| %s | %.2f | %.2f | %.2f | %,.0f |", name, idle, upstream - 1, paced, rate);
    }

    /** Runs all of them, each in turn. */
    public static void main(String[] args) {
        Map<String, Supplier<WaitStrategy>> strategies = new LinkedHashMap<>();
        strategies.put("blocking", BlockingWaitStrategy::new);
        strategies.put("sleeping", SleepingWaitStrategy::new);
        strategies.put("yielding", YieldingWaitStrategy::new);
        strategies.put("parking (ours)", ParkingWaitStrategy::new);
        System.out.printf(
                "| strategy | idle, cores | second handler while the first works, cores | %,d/s, cores | greatest rate/s |%n",
                PER_SECOND);
        System.out.println("|---|---:|---:|---:|---:|");
        strategies.forEach((name, s) -> System.out.println(new WaitStrategies(s.get(), false).row("chain, " + name)));
        System.out.println(new WaitStrategies(new BlockingWaitStrategy(), true).row("merged, blocking"));
    }
}
