package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Event;
import io.millrace.engine.SampleBeacons;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Finds the open visit of an event among 100,000, extends it and puts it back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class VisitTableBenchmark {
    private static final int VISITS = 100_000;
    private static final long NOW = 1_795_000_000_000L;

    private final VisitTable table = new VisitTable(
            EngineSettings.DEFAULT
                    .with()
                    .openVisits(VISITS)
                    .visitBytes(1L << 30)
                    .build(),
            0);
    private final VisitRules rules = new VisitRules(EngineSettings.DEFAULT);
    private final List<Event> events = new ArrayList<>();
    private int next;

    public VisitTableBenchmark() {
        Site site = Site.of("example.com").withId(1);
        SampleBeacons beacons = new SampleBeacons(1, 1);
        for (int i = 0; i < VISITS; i++) {
            Beacon beacon = beacons.next();
            Event event = Event.of(site, Beacon.Type.PAGEVIEW, NOW)
                    .id(beacon.id())
                    .visitor(beacon.visitorId() + i)
                    .sessionId(beacon.sessionId() + i)
                    .build();
            events.add(event);
            table.put(rules.open(i + 1, event), 0, Map.of(), NOW);
        }
    }

    /** One page view of a visit that is open. */
    @Benchmark
    public Visit extend() {
        next = (next + 7919) % VISITS;
        Event event = events.get(next);
        VisitTable.Entry entry = table.get(new Visit.Key(1, event.visitor(), event.sessionId()));
        Visit visit = rules.extend(entry.visit, event);
        table.put(visit, 0, Map.of(), NOW);
        return visit;
    }
}
