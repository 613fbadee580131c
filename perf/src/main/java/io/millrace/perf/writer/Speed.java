package io.millrace.perf.writer;

import java.lang.management.ManagementFactory;

/**
 * How fast something wrote.
 *
 * @param events how many
 * @param nanos in how long, of the clock
 * @param cpuNanos in how much processor time of the writing thread
 */
public record Speed(long events, long nanos, long cpuNanos) {

    /** Work whose time counts. */
    interface Work {
        void run() throws Exception;
    }

    /** Gathers the times of one thread. */
    static final class Clock {
        private long nanos;
        private long cpu;

        void time(Work work) throws Exception {
            long start = System.nanoTime();
            long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart;
            nanos += System.nanoTime() - start;
        }

        Speed speed(long events) {
            return new Speed(events, nanos, cpu);
        }
    }

    /** Events a second by the clock. */
    public double perSecond() {
        return events * 1e9 / nanos;
    }

    /** Events a second of processor time: what the clock would say if nothing else ran and no disk made wait. */
    public double perCpuSecond() {
        return events * 1e9 / cpuNanos;
    }
}
