package io.millrace.perf.jmh;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Collector;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import io.millrace.perf.traffic.Beacons;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine alone, with a storage that does nothing: page views with new ids through the ring, enriched, joined to
 * visits, counted, settled. One producer. The heap is large, because what is measured is drawn beforehand and would
 * otherwise be moved about by the collector while the engine works.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 15)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms3g", "-Xmx3g", "-Xmn2g"})
public class EngineBenchmark {
    private static final int EVENTS = 100_000;

    private Engine engine;
    private Beacons beacons;
    private List<Beacon> drawn;
    private List<Beacon> withNewAgents;
    private int agents;

    @Setup
    public void start() {
        engine = Engine.builder(new ForgetfulStorage()).start();
        int siteId = engine.addSite(Site.of("example.com")).join().id();
        beacons = new Beacons(1, siteId);
    }

    @Setup(Level.Invocation)
    public void draw() {
        drawn = beacons.next(EVENTS, 0);
        withNewAgents = drawn.stream().map(this::withNewAgent).toList();
    }

    /** As a flood sends them: each agent is new, so that no cache has it and only some are parsed. */
    private Beacon withNewAgent(Beacon beacon) {
        return BeaconBuilder.builder(beacon)
                .userAgent(beacon.userAgent() + " App/" + agents++)
                .build();
    }

    @TearDown
    public void close() {
        if (engine.counters().total(Counter.STORED) == 0 || engine.counters().total(Counter.DUPLICATE) > 0) {
            throw new IllegalStateException(
                    "not what was to be measured: " + engine.counters().get(Counter.STORED, 1));
        }
        engine.close();
    }

    /** Time per event, from the first offer to the last settled receipt. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void store() {
        offer(drawn);
    }

    /** The same while no two agents are the same. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void storeNewAgents() {
        offer(withNewAgents);
    }

    private void offer(List<Beacon> all) {
        Collector collector = engine.collector();
        for (Beacon beacon : all) {
            while (!collector.offer(beacon, Receipt.NONE)) {
                LockSupport.parkNanos(20_000);
            }
        }
        engine.flush().join();
    }
}
