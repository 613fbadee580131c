package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Exclusion;
import io.millrace.engine.ManualClock;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rule takes what is stored already out of every figure, and gives it back when it goes. */
@Timeout(60)
class SqliteExclusionTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock("2026-03-10T12:00:00Z");
    private Engine engine;
    private Site site;

    @BeforeEach
    void start() {
        engine = Engine.builder(SqliteStorage.open(directory.resolve("millrace.db")))
                .clock(clock)
                .start();
        site = engine.addSite(Site.of("example.com")).join();
        for (String path : List.of("/", "/admin/a", "/admin/b", "/pricing")) {
            put(path, path);
        }
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private Counter put(String path, String id) {
        Beacon beacon = Beacon.pageview(site.id())
                .id(id)
                .url("https://example.com" + path)
                .visitorId("ann")
                .build();
        return engine.collector().put(beacon).join().counter();
    }

    private Exclusion exclude(String pattern) {
        return engine.saveExclusion(new Exclusion(0, site.id(), Exclusion.Kind.PATH, pattern, 0))
                .join();
    }

    private long pageViews() {
        engine.flush().join();
        Period all = new Period(0, Long.MAX_VALUE);
        return engine.query(Query.totals(site.id(), all, site.zone(), Metric.PAGE_VIEWS))
                .rows()
                .get(0)
                .metrics()
                .get(0);
    }

    private Map<Counter, Long> ledger() {
        int today = site.dayOf(clock.millis());
        return engine.storage().reader().ledger(site.id(), today, today);
    }

    @Test
    void whatIsStoredLeavesAndComesBackWithTheRule() {
        Exclusion admin = exclude("/admin/*");
        assertThat(engine.query(admin.lastDays(site, clock.millis()))
                        .rows()
                        .get(0)
                        .metrics()
                        .get(0))
                .isEqualTo(2);
        assertThat(engine.withdraw(admin.withdrawal()).join()).isEqualTo(2);
        assertThat(put("/admin/c", "c")).isEqualTo(Counter.FILTERED_PATH);
        assertThat(pageViews()).isEqualTo(2);
        assertThat(ledger()).containsEntry(Counter.STORED, 2L).containsEntry(Counter.FILTERED_PATH, 3L);
        assertThat(engine.removeExclusion(site.id(), admin.id(), true).join()).isEqualTo(3);
        assertThat(pageViews()).isEqualTo(5);
        assertThat(ledger()).containsEntry(Counter.STORED, 5L).containsEntry(Counter.FILTERED_PATH, 0L);
    }

    @Test
    void whatAnotherRuleIsAboutStaysOut() {
        Exclusion admin = exclude("/admin/*");
        engine.withdraw(admin.withdrawal()).join();
        exclude("*/b");
        assertThat(engine.removeExclusion(site.id(), admin.id(), true).join()).isEqualTo(1);
        assertThat(pageViews()).isEqualTo(3);
    }
}
