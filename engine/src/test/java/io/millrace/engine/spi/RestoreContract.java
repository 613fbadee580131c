package io.millrace.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.BotMode;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.ManualClock;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Money;
import io.millrace.engine.Outcome;
import io.millrace.engine.Place;
import io.millrace.engine.Query;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What was left out comes back: every answer is then as if the events had been received at their times, and the ledger has
 * them as stored on the days on which they came.
 */
@Timeout(300)
public abstract class RestoreContract {
    private static final long START = 1_773_144_000_000L; // 2026-03-10T12:00:00Z
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private static final int BEACONS = 400;
    private static final int QUERIES = 40;

    /** An empty storage. */
    protected abstract Storage storage();

    /** What else must hold of the storage. */
    protected void check() {}

    private static Engine engine(Storage storage, BotMode mode, ManualClock clock) {
        Engine engine = Engine.builder(storage).clock(clock).start();
        Site site = engine.addSite(Site.of("example.com").withBots(mode).withZone(ZoneId.of("Asia/Kolkata")))
                .join();
        engine.saveAffiliate(new Affiliate(0, site.id(), "bob", "Bob", 0.2, Duration.ofDays(60)))
                .join();
        return engine;
    }

    @Test
    void whatComesBackCountsAsIfReceivedThen() {
        for (int seed = 1; seed <= 3; seed++) {
            ManualClock clock = new ManualClock("2026-03-10T12:00:00Z");
            try (Engine actual = engine(storage(), BotMode.BASIC, clock);
                    Engine people = engine(new MemoryStorage(), BotMode.OFF, clock);
                    Engine all = engine(new MemoryStorage(), BotMode.OFF, clock)) {
                send(seed, clock, actual, people, all);
                assertSame(seed, "people", actual, people);
                Site site = actual.sites().byId(1);
                assertSameCounts(actual);
                actual.updateSite(site.withAllowedBots(Set.of(Counter.FILTERED_BOT)))
                        .join();
                int filtered = ledger(actual).get(Counter.FILTERED_BOT).intValue();
                assertThat(actual.restore(1, Counter.FILTERED_BOT).join()).isBetween(1, filtered);
                assertThat(actual.restore(1, Counter.FILTERED_BOT).join()).isZero();
                assertSame(seed, "all", actual, all);
                assertThat(days(actual)).as("seed %d", seed).isEqualTo(days(all));
                assertThat(actual.counters().unsettled()).isZero();
                check();
            }
        }
    }

    /** Counts of what was left out come to what the ledger has, and to each other. */
    private static void assertSameCounts(Engine engine) {
        StorageReader reader = engine.storage().reader();
        Counter bot = Counter.FILTERED_BOT;
        long days = reader.filteredDays(1, bot, 0, 100_000).stream()
                .mapToLong(StorageReader.FilteredCount::count)
                .sum();
        List<StorageReader.FilteredCount> pages = reader.filteredPages(1, bot, 0, 100_000, 100);
        assertThat(days).isPositive().isLessThan(ledger(engine).get(bot));
        assertThat(pages).allSatisfy(page -> assertThat(page.browser()).isEqualTo("Googlebot"));
        assertThat(pages).isSortedAccordingTo((a, b) -> Long.compare(b.count(), a.count()));
        assertThat(pages.stream().mapToLong(StorageReader.FilteredCount::count).sum())
                .isEqualTo(days);
        assertThat(reader.filteredPages(1, bot, 0, 100_000, 1)).isEqualTo(pages.subList(0, 1));
        assertThat(reader.filtered(1, 1_000)).hasSize((int) ledger(engine).entrySet().stream()
                .filter(e -> e.getKey().group() == Counter.Group.FILTERED)
                .mapToLong(Map.Entry::getValue)
                .sum());
    }

    private static void send(int seed, ManualClock clock, Engine actual, Engine people, Engine all) {
        Random random = new Random(seed);
        List<BeaconBuilder> pages = new ArrayList<>();
        for (int i = 0; i < BEACONS; i++) {
            int who = random.nextInt(12);
            BeaconBuilder beacon = beacon(random, i, who, pages);
            Beacon sent = beacon.build();
            Outcome outcome = all.collector().put(sent).join();
            actual.collector().put(sent).join();
            if (!sent.userAgent().equals(BOT)) {
                assertThat(people.collector().put(sent).join()).isEqualTo(outcome);
            }
            clock.advance(Duration.ofSeconds(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 200)));
        }
    }

    private static BeaconBuilder beacon(Random random, int i, int who, List<BeaconBuilder> pages) {
        BeaconBuilder beacon = Beacon.of(1, type(random))
                .visitorId("v" + who)
                .userAgent(who % 3 == 0 ? BOT : BROWSER)
                .address("203.0.113." + who);
        switch (beacon.type()) {
            case PAGEVIEW ->
                pages.add(beacon.id("p" + i)
                        .url("https://example.com/" + random.nextInt(6)
                                + (random.nextInt(4) == 0 ? "?ref=bob&utm_source=x" : ""))
                        .title("title " + random.nextInt(3))
                        .screenWidth(390)
                        .screenHeight(800)
                        .language("de")
                        .place(new Place("DE", "BY", random.nextInt(2) == 0 ? "Munich" : null))
                        .referrer(random.nextInt(3) == 0 ? "https://news.ycombinator.com/item" : null));
            case EVENT ->
                beacon.id("e" + i)
                        .url("https://example.com/" + random.nextInt(6))
                        .name("Signup")
                        .props(Map.of("plan", "\"pro\"\n" + random.nextInt(2)))
                        .revenue(new Money(100, "EUR"));
            case ENGAGEMENT -> {
                BeaconBuilder page = pages.isEmpty() ? null : pages.get(random.nextInt(pages.size()));
                beacon.visitorId(page == null ? "v" + who : page.visitorId())
                        .userAgent(page == null ? beacon.userAgent() : page.userAgent())
                        .view(page == null ? "none" : page.id())
                        .engagedMillis(random.nextInt(20_000))
                        .scroll(random.nextInt(101));
            }
            case HEARTBEAT -> {}
        }
        return beacon;
    }

    private static Beacon.Type type(Random random) {
        int n = random.nextInt(10);
        return n < 6
                ? Beacon.Type.PAGEVIEW
                : n < 7 ? Beacon.Type.EVENT : n < 9 ? Beacon.Type.ENGAGEMENT : Beacon.Type.HEARTBEAT;
    }

    private static void assertSame(int seed, String what, Engine actual, Engine expected) {
        actual.flush().join();
        expected.flush().join();
        Site site = expected.sites().byId(1);
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (int i = 0; i < QUERIES; i++) {
            Query query = queries.next(site, START);
            assertThat(actual.query(query))
                    .as("seed %d, %s, %s", seed, what, query)
                    .isEqualTo(expected.query(query));
        }
        StorageReader reader = actual.storage().reader();
        StorageReader reference = expected.storage().reader();
        for (String visitor : List.of("v0", "v1", "v3", "v6", "v9")) {
            assertThat(journey(reader, visitor))
                    .as("seed %d, %s, %s", seed, what, visitor)
                    .isEqualTo(journey(reference, visitor));
        }
        RetentionQuery retention = new RetentionQuery(
                1, List.of(), List.of(START - 86_400_000, START + 86_400_000, START + 10 * 86_400_000L));
        assertThat(reader.retention(retention)).isEqualTo(reference.retention(retention));
    }

    /** All that a visitor has done, but for the numbers of visits, which are in the order in which they came to count. */
    private static String journey(StorageReader reader, String visitor) {
        return String.valueOf(reader.journeys(1, List.of(visitor), List.of(), 50, 200, 200)
                        .get(visitor))
                .replaceAll("(Visit\\[id|visitId)=\\d+", "$1");
    }

    private static Map<Counter, Long> ledger(Engine engine) {
        return engine.storage().reader().ledger(1, 0, 100_000);
    }

    /** The ledger by days, but for what came to nothing, and for what was received, which is kept once a second. */
    private static Map<Integer, Map<Counter, Long>> days(Engine engine) {
        Map<Integer, Map<Counter, Long>> days = new TreeMap<>();
        for (int day = 20_500; day < 20_700; day++) {
            Map<Counter, Long> counts = new TreeMap<>(engine.storage().reader().ledger(1, day, day));
            counts.remove(Counter.RECEIVED);
            counts.values().removeIf(n -> n == 0);
            days.put(day, counts);
        }
        return days;
    }
}
