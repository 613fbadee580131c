package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cookieless visitors over restarts, midnights and zones. */
class SaltsTest extends EngineFixture {
    @TempDir
    Path dir;

    @Override
    Engine.Builder builder() {
        return super.builder().salts(dir.resolve("salts"));
    }

    private void cookieless(Site of) {
        put(Beacon.pageview(of.id())
                .url("https://example.com/")
                .address("203.0.113.7")
                .userAgent("UA"));
    }

    private long visitors() {
        return totals().get(Metric.VISITORS);
    }

    @Test
    void aVisitorIsTheSameAfterARestart() {
        cookieless(site);
        restart();
        cookieless(site);
        assertThat(visitors()).isEqualTo(1);
    }

    @Test
    void theFileIsItsOwnersOnlyAndHoldsNoYesterday() throws Exception {
        cookieless(site);
        clock.advance(Duration.ofDays(1));
        cookieless(site);
        Path file = dir.resolve("salts");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).hasSize(1).allMatch(line -> line.startsWith("Z 2026-03-11 "));
    }

    @Test
    void dayChangesAtTheSitesMidnight() {
        site = engine.updateSite(site.withZone(ZoneId.of("Asia/Kolkata"))).join();
        clock.set("2026-03-10T18:00:00Z");
        cookieless(site);
        clock.set("2026-03-10T19:15:00Z");
        cookieless(site);
        assertThat(visitors()).isEqualTo(2);
    }

    @Test
    void aLateEventWhoseSaltIsGoneCountsOnItsOwnDay() {
        long twoDaysAgo = clock.millis() - Duration.ofDays(2).toMillis();
        for (String path : List.of("/a", "/b")) {
            put(Beacon.pageview(site.id())
                    .url("https://example.com" + path)
                    .address("203.0.113.7")
                    .userAgent("UA")
                    .time(twoDaysAgo)
                    .repeat(true)
                    .id(path));
        }
        cookieless(site);
        assertThat(visitors()).isEqualTo(2);
        assertThat(engine.counters().get(Counter.LATE_IDENTITY, site.id())).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotOfSaltsStopsTheStart() throws Exception {
        engine.close();
        Files.writeString(dir.resolve("salts"), "nonsense\n");
        assertThatThrownBy(() -> builder().start()).hasMessageContaining("not a file of salts");
        Files.delete(dir.resolve("salts"));
        engine = builder().start();
    }
}
