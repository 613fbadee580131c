package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
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
    void aSaltIsGoneFromTheDiskOnTimeThoughNobodyComes() throws Exception {
        cookieless(site);
        Path file = dir.resolve("salts");
        String salt = Files.readString(file).strip().split(" ")[2];
        Path kept = Files.createLink(dir.resolve("kept"), file);
        clock.set("2026-03-11T00:29:00Z");
        cookieless(site);
        assertThat(Files.readString(file)).contains(salt);
        clock.set("2026-03-11T00:30:00Z");
        awaitGone(file, salt);
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(Files.readString(kept)).as("the bytes of the file before").doesNotContain(salt);
    }

    private static void awaitGone(Path file, String salt) throws Exception {
        while (Files.readString(file).contains(salt)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSaltThatIsOverAtTheStartIsGoneThen() throws Exception {
        cookieless(site);
        String salt = Files.readString(dir.resolve("salts")).strip().split(" ")[2];
        engine.close();
        Files.writeString(dir.resolve("salts.new"), "Z 2026-03-10 " + salt);
        clock.advance(Duration.ofDays(3));
        engine = builder().start();
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.readString(file)).isEmpty());
        }
    }

    @Test
    void aClockThatWasWrongLeavesNoSaltForLater() throws Exception {
        clock.set("2030-01-01T12:00:00Z");
        cookieless(site);
        clock.set("2026-03-10T12:00:00Z");
        cookieless(site);
        assertThat(Files.readAllLines(dir.resolve("salts")))
                .hasSize(1)
                .allMatch(line -> line.startsWith("Z 2026-03-10 "));
        cookieless(site);
        restart();
        cookieless(site);
        assertThat(totals().get(Metric.VISITORS)).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackOverMidnightForAMomentMakesNobodyNew() {
        clock.set("2026-03-11T00:00:05Z");
        cookieless(site);
        clock.set("2026-03-10T23:59:58Z");
        cookieless(site);
        clock.set("2026-03-11T00:00:06Z");
        cookieless(site);
        assertThat(visitors()).isLessThanOrEqualTo(2);
    }

    @Test
    void theNightWhenClocksChangeIsOneDay() throws Exception {
        site = engine.updateSite(site.withZone(ZoneId.of("Europe/Berlin"))).join();
        for (String time : List.of(
                "2026-10-24T22:10:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T22:59:00Z")) {
            clock.set(time);
            cookieless(site);
        }
        assertThat(visitors()).isEqualTo(1);
        clock.set("2026-10-25T23:29:00Z");
        cookieless(site);
        assertThat(Files.readAllLines(dir.resolve("salts"))).hasSize(2);
        clock.set("2026-10-25T23:31:00Z");
        restart();
        assertThat(Files.readAllLines(dir.resolve("salts")))
                .hasSize(1)
                .allMatch(line -> line.startsWith("Europe/Berlin 2026-10-26 "));
    }

    @Test
    void inPrefixModeTheNetworkTellsVisitorsApart() {
        engine.close();
        settings = settings.with().addressPrefix(true).build();
        engine = builder().start();
        for (String address :
                List.of("203.0.113.7", "203.0.113.8", "2001:db8:1:2::3", "2001:db8:1:ffff::9", "203.0.114.7")) {
            put(Beacon.pageview(site.id())
                    .url("https://example.com/")
                    .address(address)
                    .userAgent("UA"));
        }
        assertThat(visitors()).isEqualTo(3);
        assertThat(engine.visitor(site.id(), "203.0.113.99", "UA"))
                .isEqualTo(engine.visitor(site.id(), "203.0.113.7", "UA"))
                .isNotEqualTo(engine.visitor(site.id(), "203.0.114.7", "UA"));
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
