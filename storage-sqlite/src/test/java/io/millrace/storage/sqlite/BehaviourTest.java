package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Behaviour;
import io.millrace.engine.BotMode;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.ManualClock;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Metric;
import io.millrace.engine.Outcome;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who does what no person does leaves the figures, with what he did before he was found out. */
@Timeout(120)
class BehaviourTest {
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final EngineSettings SETTINGS =
            EngineSettings.DEFAULT.with().behaviour(new Behaviour(50, 20, 30)).build();

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock("2026-03-10T12:00:00Z");
    private SqliteStorage storage;

    private Engine open() {
        storage = SqliteStorage.open(directory.resolve("m.db"));
        return engine(storage);
    }

    private Engine engine(Storage of) {
        return Engine.builder(of).clock(clock).settings(SETTINGS).start();
    }

    private static Site strict() {
        return Site.of("example.com").withZone(ZONE).withBots(BotMode.STRICT);
    }

    private BeaconBuilder page(String visitor, String path) {
        return Beacon.pageview(1)
                .visitorId(visitor)
                .userAgent(BROWSER)
                .address("203.0.113.1")
                .url("https://example.com" + path);
    }

    private static void await(Engine engine) {
        while (!engine.execute(StorageWriter::withdrawals).join().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static List<Report> reports(Engine engine) {
        List<Report> reports = new ArrayList<>();
        Query totals = Query.totals(1, new Period(0, Long.MAX_VALUE), ZONE, Metric.values());
        reports.add(engine.query(totals));
        for (Dimension dimension : List.of(Dimension.DAY, Dimension.PAGE, Dimension.ENTRY_PAGE, Dimension.BROWSER)) {
            reports.add(engine.query(totals.by(dimension, 0)));
        }
        return reports;
    }

    private static Map<Counter, Long> ledger(Engine engine) {
        return engine.storage().reader().ledger(1, 0, 100_000);
    }

    @Test
    void whatHeDidBeforeLeavesTheFiguresAndComesBack() {
        try (Engine actual = open();
                Engine people = engine(new MemoryStorage());
                Engine all = engine(new MemoryStorage())) {
            List<Engine> engines = List.of(actual, people, all);
            actual.addSite(strict()).join();
            people.addSite(strict()).join();
            all.addSite(strict().withBots(BotMode.OFF)).join();
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Beacon human = page("human", "/" + i % 3).build();
                engines.forEach(engine -> engine.collector().put(human).join());
                Beacon robot = page("robot", "/" + i).id("r" + i).build();
                outcomes.add(actual.collector().put(robot).join());
                all.collector().put(robot).join();
                clock.advance(Duration.ofSeconds(i < 10 ? 40 : i < 20 ? 1_900 : 300));
                await(actual);
            }
            assertThat(outcomes).contains(Outcome.STORED).contains(new Outcome(Counter.FILTERED_BEHAVIOUR));
            assertThat(outcomes.get(49)).isEqualTo(outcomes.get(0));
            engines.forEach(engine -> engine.flush().join());
            assertThat(ledger(actual).get(Counter.STORED) + ledger(actual).get(Counter.FILTERED_BEHAVIOUR))
                    .isEqualTo(120);
            assertThat(storage.verify().differences()).isEmpty();

            actual.updateSite(strict().withId(1).withAllowedBots(Set.of(Counter.FILTERED_BEHAVIOUR)))
                    .join();
            actual.restore(1, Counter.FILTERED_BEHAVIOUR).join();
            assertThat(reports(actual)).isEqualTo(reports(all));
            assertThat(storage.verify().differences()).isEmpty();
            actual.collector().put(page("robot", "/again").build()).join();
            assertThat(ledger(actual).get(Counter.STORED)).isEqualTo(121);
        }
    }

    @Test
    void withinAMinuteAndAfterARestart() {
        try (Engine people = engine(new MemoryStorage())) {
            people.addSite(strict()).join();
            Engine actual = open();
            actual.addSite(strict()).join();
            for (int i = 0; i < 120; i++) {
                clock.advance(Duration.ofSeconds(1));
                Beacon robot = page("robot", "/" + i).build();
                actual.collector().put(robot).join();
                if (i % 5 == 0) {
                    Beacon human = page("human", "/").build();
                    actual.collector().put(human).join();
                    people.collector().put(human).join();
                }
                if (i == 20 || i == 50) {
                    actual.close();
                    actual = open();
                }
            }
            await(actual);
            actual.flush().join();
            people.flush().join();
            assertThat(reports(actual)).isEqualTo(reports(people));
            assertThat(storage.verify().differences()).isEmpty();
            assertThat(ledger(actual).get(Counter.FILTERED_BEHAVIOUR)).isEqualTo(120);
            actual.close();
        }
    }

    @Test
    void whoSpeaksForOthersIsNoBot() {
        try (Engine actual = open()) {
            actual.addSite(strict()).join();
            for (int i = 0; i < 100; i++) {
                Beacon keyed = page("server", "/").userAgent(null).trusted(true).build();
                assertThat(actual.collector().put(keyed).join()).isEqualTo(Outcome.STORED);
            }
            await(actual);
            assertThat(ledger(actual)).doesNotContainKey(Counter.FILTERED_BEHAVIOUR);
        }
    }
}
