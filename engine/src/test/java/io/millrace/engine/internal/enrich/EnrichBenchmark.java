package io.millrace.engine.internal.enrich;

import io.millrace.engine.Beacon;
import io.millrace.engine.ClientHints;
import io.millrace.engine.Counters;
import io.millrace.engine.Event;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.SampleBeacons;
import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
@Warmup(iterations = 8, time = 1)
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

    private final List<Beacon> cookieless = IntStream.range(0, BEACONS)
            .mapToObj(i -> Beacon.pageview(1)
                    .url("https://example.com/blog/" + i % 200 + "?utm_campaign=spring")
                    .referrer("https://www.google.de/")
                    .address("203.0." + i / 256 + "." + i % 256)
                    .userAgent(
                            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
                                    + (100 + i % 40) + ".0.0.0 Safari/537.36")
                    .hints(new ClientHints(
                            "\"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\"",
                            null,
                            "?0",
                            "\"Windows\"",
                            "\"15.0.0\""))
                    .build())
            .toList();

    /** One event of a visitor without an id, who comes from a search engine with client hints: all there is to derive. */
    @Benchmark
    public Event enrichCookieless() {
        return enricher.enrich(cookieless.get(next++ & BEACONS - 1), 1_795_000_000_000L);
    }

    /** One event of a visitor who brings an id. */
    @Benchmark
    public Event enrich() {
        return enricher.enrich(beacons.get(next++ & BEACONS - 1), 1_795_000_000_000L);
    }
}
