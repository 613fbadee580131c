package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A running engine with one site, a clock that the test moves, and the law checked after each test. */
@Timeout(30)
abstract class EngineFixture {
    final ManualClock clock = new ManualClock("2026-03-10T12:00:00Z");
    final List<String> deadLetters = new ArrayList<>();
    Storage storage = new MemoryStorage();
    EngineSettings settings =
            EngineSettings.DEFAULT.with().ringSlots(64).ringBytes(1 << 20).build();
    Engine engine;
    Site site;

    @BeforeEach
    void start() {
        engine = builder().start();
        site = engine.addSite(Site.of("example.com")).join();
    }

    Engine.Builder builder() {
        return Engine.builder(storage)
                .clock(clock)
                .settings(settings)
                .deadLetters((event, reason) -> deadLetters.add(event.id()));
    }

    /** Stops the engine and starts another one over the same storage. */
    void restart() {
        engine.close();
        engine = builder().start();
    }

    @AfterEach
    void theLawHolds() {
        if (engine.health().state() != Health.State.CLOSED) {
            engine.flush().join();
        }
        assertThat(engine.counters().unsettled()).isZero();
        engine.close(Duration.ofSeconds(5));
    }

    BeaconBuilder page(String path) {
        return Beacon.pageview(site.id()).url("https://example.com" + path).visitorId("v1");
    }

    Outcome put(BeaconBuilder beacon) {
        return engine.collector().put(beacon.build()).join();
    }

    /** Totals of all time of the site. */
    Map<Metric, Long> totals(Filter... filters) {
        Metric[] metrics = Metric.values();
        Query query = Query.totals(site.id(), new Period(0, Long.MAX_VALUE), site.zone(), metrics)
                .where(List.of(filters));
        List<Long> values = engine.query(query).rows().get(0).metrics();
        Map<Metric, Long> totals = new java.util.EnumMap<>(Metric.class);
        for (int i = 0; i < metrics.length; i++) {
            totals.put(metrics[i], values.get(i));
        }
        return totals;
    }
}
