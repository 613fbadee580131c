package io.millrace.storage.sqlite;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Engine;
import io.millrace.engine.ManualClock;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Random;

/** An engine over a SQLite storage, to which random things happen over several days. Not thread-safe. */
public final class Histories {
    /** Where its clock begins. */
    public static final String START = "2026-03-06T20:00:00Z";

    private final Random random;
    private final ManualClock clock = new ManualClock(START);
    private final Engine engine;
    private final Site site;
    private int ids;

    /** Starts an engine with one site and one affiliate. */
    public Histories(SqliteStorage storage, long seed) {
        random = new Random(seed);
        engine = Engine.builder(storage).clock(clock).start();
        site = engine.addSite(Site.of("example.com").withZone(ZoneId.of("America/New_York")))
                .join();
        engine.saveAffiliate(new Affiliate(0, site.id(), "bob", "Bob", 0.2, Duration.ofDays(60)))
                .join();
    }

    public Engine engine() {
        return engine;
    }

    public Site site() {
        return site;
    }

    public ManualClock clock() {
        return clock;
    }

    /** Lets something happen, so many times, and waits until it is committed. */
    public void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        engine.flush().join();
    }

    private void step() {
        int what = random.nextInt(10);
        if (what < 7) {
            engine.collector().put(hit());
        } else if (what < 8) {
            engine.collector()
                    .put(about(Beacon.Type.ENGAGEMENT)
                            .view("id" + random.nextInt(ids + 1))
                            .engagedMillis(random.nextInt(20_000))
                            .scroll(50)
                            .build());
        } else {
            clock.advance(Duration.ofMinutes(random.nextInt(10) == 0 ? 400 : random.nextInt(20)));
        }
    }

    private BeaconBuilder about(Beacon.Type type) {
        return Beacon.of(site.id(), type).visitorId("v" + random.nextInt(8));
    }

    private Beacon hit() {
        boolean event = random.nextInt(6) == 0;
        BeaconBuilder b = about(event ? Beacon.Type.EVENT : Beacon.Type.PAGEVIEW)
                .url("https://example.com/p" + random.nextInt(5) + (random.nextInt(9) == 0 ? "?ref=bob" : ""))
                .title("Page")
                .id("id" + ids++)
                .place(new Place(random.nextBoolean() ? "DE" : "IN", null, "City " + random.nextInt(3)));
        if (random.nextInt(5) == 0) {
            b.time(clock.millis() - random.nextInt(40 * 3_600_000)).trusted(true);
        }
        if (random.nextInt(3) == 0) {
            b.referrer("https://news.example.net/" + random.nextInt(3));
        }
        return event
                ? b.name("Signup")
                        .props(Map.of("plan", "pro"))
                        .revenue(new Money(990, "EUR"))
                        .build()
                : b.build();
    }
}
