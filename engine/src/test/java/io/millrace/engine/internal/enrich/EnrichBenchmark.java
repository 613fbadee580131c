package io.millrace.engine.internal.enrich;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counters;
import io.millrace.engine.Event;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.SampleBeacons;
import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a beacon to an event: page, source, campaign, agent (known ones), visitor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class EnrichBenchmark {
    private static final int BEACONS = 4096;

    private final List<Beacon> beacons = new SampleBeacons(1, 1).next(BEACONS);
    private final Enricher enricher = enricher();
    private int next;

    private static Enricher enricher() {
        Site site = Site.of("example.com").withId(1);
        Counters counters = new Counters();
        return new Enricher(
                new StubEngine(new MemoryStorage(), site),
                counters,
                new AgentParser(Duration.ofSeconds(1), System::nanoTime),
                new Identity(new Salts(null, Duration.ofMinutes(30), 0), false, counters),
                new Networks(null),
                List.of());
    }

    /** One event of a visitor who brings an id. */
    @Benchmark
    public Event enrich() {
        return enricher.enrich(beacons.get(next++ & BEACONS - 1), 1_795_000_000_000L);
    }
}
