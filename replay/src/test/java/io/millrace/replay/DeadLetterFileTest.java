package io.millrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Engine;
import io.millrace.engine.Event;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.wire.ReplayLine;
import io.millrace.wire.ReplayReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeadLetterFileTest {
    @TempDir
    private Path directory;

    @Test
    void givesBackEachFieldOfAnEvent() throws Exception {
        Path file = directory.resolve("dead letters.ndjson");
        try (Engine engine = Engine.builder(new MemoryStorage()).start()) {
            DeadLetterFile letters = new DeadLetterFile(file, 1 << 20);
            Site site = engine.addSite(Site.of("example.com")).join();
            Affiliate affiliate = engine.saveAffiliate(
                            new Affiliate(0, site.id(), "bee", "Bee", 0.2, Duration.ofDays(60)))
                    .join();
            Event event = full(site, affiliate);

            letters.add(event, "refused: \"why\"\n");

            byte[] line = Files.readAllBytes(file);
            ReplayLine read =
                    new ReplayReader(engine.sites()).read(line, line.length - 1).get(0);
            assertThat(((ReplayLine.OfEvent) read).event())
                    .usingRecursiveComparison()
                    .ignoringFields("repeat")
                    .isEqualTo(event);
        }
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void bringsBackByReplayWhatTheStorageRefused() throws Exception {
        Path file = directory.resolve("dead-letters.ndjson");
        try (Engine engine = Engine.builder(new MemoryStorage()).start()) {
            DeadLetterFile letters = new DeadLetterFile(file, 1 << 20);
            Site site = engine.addSite(Site.of("example.com")).join();
            letters.add(
                    Event.of(site, Beacon.Type.PAGEVIEW, 1_763_600_000_000L)
                            .id("e1")
                            .visitor("0123456789abcdef")
                            .hostname("example.com")
                            .path("/")
                            .source("Direct")
                            .channel("Direct")
                            .build(),
                    "constraint");
            try (ReplayFrontEnd replay = new ReplayFrontEnd(ReplaySettings.of(file), ReplayListener.NONE)) {
                replay.start(engine);

                assertThat(replay.done().get(30, TimeUnit.SECONDS).stored()).isEqualTo(1);
            }
        }
    }

    @Test
    void growsNoFurtherThanItMayUntilItIsTakenAway() throws Exception {
        Path file = directory.resolve("dead-letters.ndjson");
        Event event = Event.of(Site.of("example.com").withId(1), Beacon.Type.PAGEVIEW, 1_763_600_000_000L)
                .build();
        DeadLetterFile letters = new DeadLetterFile(file, 1000);
        int kept = 0;
        while (letters.add(event, "constraint")) {
            kept++;
        }
        assertThat(kept).isPositive();
        assertThat(Files.size(file)).isBetween(500L, 1000L);
        assertThat(Files.readAllLines(file)).hasSize(kept);
        assertThat(letters.shortage()).contains(file.toString(), "1000 bytes");

        Files.move(file, directory.resolve("taken"));

        assertThat(letters.shortage()).isNull();
        assertThat(letters.add(event, "constraint")).isTrue();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    private static Event full(Site site, Affiliate affiliate) {
        return Event.of(site, Beacon.Type.EVENT, 1_763_600_000_123L)
                .id("e-1")
                .repeat(true)
                .visitor("0123456789abcdef")
                .earlierVisitor("fedcba9876543210")
                .sessionId("s1")
                .hostname("example.com")
                .path("/größe?x=1")
                .title("A \"title\"")
                .referrer("https://news.example/a")
                .referrerHost("news.example")
                .source("news")
                .channel("Referral")
                .campaign(new Campaign("news", "email", "november", "boat", "b"))
                .affiliate(affiliate)
                .place(new Place("DE", "BY", "München"))
                .agent(new Agent("Firefox", "144", "Linux", "6", "desktop"))
                .language("de")
                .screenWidth(1920)
                .screenHeight(1080)
                .name("purchase")
                .props(Map.of("plan", "fleet"))
                .revenue(new Money(1999, "EUR"))
                .view("v1")
                .engagedMillis(12_000)
                .scroll(80)
                .build();
    }
}
