package io.millrace.engine.internal;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the ring itself costs: one producer, two handlers behind each other that do nothing, the engine's wait strategy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class HandOffBenchmark {
    private Disruptor<Slot> disruptor;
    private RingBuffer<Slot> ring;

    @Setup
    public void start() {
        disruptor = new Disruptor<>(
                Slot::new, 16_384, DaemonThreadFactory.INSTANCE, ProducerType.MULTI, new ParkingWaitStrategy());
        EventHandler<Slot> first = (slot, sequence, end) -> slot.index++;
        disruptor.handleEventsWith(first).then((slot, sequence, end) -> slot.clear());
        ring = disruptor.start();
    }

    @TearDown
    public void stop() {
        disruptor.halt();
    }

    /** One slot, waiting while the ring is full. */
    @Benchmark
    public void handOff() {
        long sequence = ring.next();
        ring.get(sequence).weight = 1;
        ring.publish(sequence);
    }
}
