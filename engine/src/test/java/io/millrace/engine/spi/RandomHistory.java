package io.millrace.engine.spi;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random sequence of what can happen to an engine: beacons of several sites, visitors and zones, duplicates, repeats
 * from other addresses, late and out of order ones, time passing over midnight and DST, restarts. The same seed makes
 * the same history.
 */
public final class RandomHistory {
    private static final List<String> STARTS =
            List.of("2026-03-07T20:00:00Z", "2026-11-01T02:00:00Z", "2026-04-04T10:00:00Z", "2026-06-30T22:30:00Z");
    private static final List<String> ZONES =
            List.of("UTC", "Asia/Kolkata", "America/New_York", "Pacific/Chatham", "Europe/Berlin");
    private static final List<String> PATHS = List.of("/", "/pricing", "/blog/a", "/blog/b", "/docs?v=1", "/\u00fcber");
    private static final List<String> REFERRERS = List.of(
            "https://www.google.com/", "https://t.co/x", "https://news.example.net/p?q=1", "https://example.com/");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "curl/8.5.0");

    private static final List<Map<String, String>> PROPS = List.of(
            Map.of(),
            Map.of("plan", "free"),
            Map.of("plan", "pro", "seats", "3"),
            Map.of("plan", "\u00fc \"quoted\" \\", "a.b[0]", "", "seats", "3"),
            Map.of("method", "card", "a.b[0]", "x"));

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final List<Beacon> sent = new ArrayList<>();
    private final List<Long> sentAt = new ArrayList<>();
    private final String start;
    private long now;
    private int ids;

    /** Something that happens to an engine. */
    @FunctionalInterface
    interface Step {
        void happen(Rig rig);
    }

    /** The history of a seed. */
    public RandomHistory(long seed) {
        random = new Random(seed);
        start = pick(STARTS);
        now = Instant.parse(start).toEpochMilli();
        site("example.com", false);
        site("example.org", random.nextBoolean());
        steps.add(rig -> rig.engine()
                .saveAffiliate(new Affiliate(0, 1, "bob", "Bob", 0.2, Duration.ofDays(60)))
                .join());
        int n = 40 + random.nextInt(80);
        for (int i = 0; i < n; i++) {
            step();
        }
    }

    /** When it begins. */
    String start() {
        return start;
    }

    List<Step> steps() {
        return steps;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void site(String domain, boolean cookieless) {
        Site site = Site.of(domain).withZone(ZoneId.of(pick(ZONES))).withCookieless(cookieless);
        Site kept = site.withKeepParams(Set.of("v"));
        steps.add(rig -> rig.engine().addSite(kept).join());
    }

    private void step() {
        int what = random.nextInt(100);
        if (what < 50) {
            put(hit());
        } else if (what < 56) {
            put(engagement());
        } else if (what < 61) {
            put(about(Beacon.Type.HEARTBEAT));
        } else if (what < 68 && !sent.isEmpty()) {
            again();
        } else if (what < 72) {
            put(hit().time(now - random.nextInt(72 * 3_600_000)).repeat(true));
        } else if (what < 74) {
            put(hit().time(now - random.nextInt(10 * 86_400_000)).trusted(true));
        } else if (what < 96) {
            pass();
        } else if (what < 98) {
            steps.add(Rig::restart);
        } else {
            steps.add(rig -> rig.engine().flush().join());
        }
    }

    private void pass() {
        long minute = 60_000;
        long by = pick(List.of(
                random.nextInt(5_000) + 1L,
                random.nextInt(10) * minute + 1,
                29 * minute,
                31 * minute,
                6 * 60 * minute,
                25 * 60 * minute));
        now += by;
        steps.add(rig -> rig.pass(Duration.ofMillis(by)));
    }

    private void put(BeaconBuilder builder) {
        Beacon beacon = builder.build();
        if (beacon.id() != null) {
            sent.add(beacon);
            sentAt.add(beacon.time() == 0 ? now : beacon.time());
        }
        steps.add(rig -> rig.put(beacon));
    }

    /** What was sent before, sent again: by the network, or by the client from elsewhere. */
    private void again() {
        int i = random.nextInt(sent.size());
        Beacon before = sent.get(i);
        long at = sentAt.get(i);
        if (random.nextInt(3) == 0 || now - at > 72 * 3_600_000L) {
            steps.add(rig -> rig.put(before));
            return;
        }
        BeaconBuilder repeat = Beacon.of(before.siteId(), before.type())
                .id(before.id())
                .repeat(true)
                .time(at == now ? 0 : Math.min(now, at + random.nextInt(800)))
                .visitorId(before.visitorId())
                .sessionId(before.sessionId())
                .url(before.url())
                .name(before.name())
                .props(before.props())
                .address(address())
                .userAgent(before.userAgent());
        Beacon beacon = repeat.build();
        steps.add(rig -> rig.put(beacon));
    }

    private String address() {
        return "203.0.113." + random.nextInt(4);
    }

    private BeaconBuilder about(Beacon.Type type) {
        BeaconBuilder b =
                Beacon.of(1 + random.nextInt(2), type).address(address()).userAgent(pick(AGENTS));
        if (random.nextInt(3) > 0) {
            b.visitorId("v" + random.nextInt(6));
        }
        if (random.nextInt(3) == 0) {
            b.sessionId("s" + random.nextInt(4));
        }
        return b;
    }

    private BeaconBuilder hit() {
        boolean event = random.nextInt(8) == 0;
        BeaconBuilder b = about(event ? Beacon.Type.EVENT : Beacon.Type.PAGEVIEW);
        String path = pick(PATHS);
        b.url("https://example.com" + path
                + (random.nextInt(8) == 0 ? "?utm_source=news&utm_medium=email&ref=bob" : ""));
        if (event) {
            b.name(pick(List.of("Signup", "Download"))).props(pick(PROPS));
        }
        if (random.nextInt(5) > 0) {
            b.id("id" + ids++);
        }
        if (random.nextInt(3) == 0) {
            b.referrer(pick(REFERRERS));
        }
        if (random.nextInt(4) == 0) {
            b.place(pick(List.of(new Place("DE", "BY", "Munich"), new Place("IN", null, null))));
        }
        if (random.nextInt(4) == 0) {
            b.screenWidth(pick(List.of(390, 1920))).screenHeight(800).language(pick(List.of("de", "en-GB")));
        }
        if (random.nextInt(10) == 0) {
            b.campaign(new Campaign("ads", "cpc", "spring", "shoes", "blue"));
        }
        return b;
    }

    private BeaconBuilder engagement() {
        Beacon of = sent.isEmpty() ? null : pick(sent);
        if (of == null) {
            return about(Beacon.Type.ENGAGEMENT).view("none").engagedMillis(1).scroll(1);
        }
        return Beacon.of(of.siteId(), Beacon.Type.ENGAGEMENT)
                .address(of.address())
                .userAgent(of.userAgent())
                .visitorId(of.visitorId())
                .sessionId(of.sessionId())
                .view(of.id())
                .engagedMillis(random.nextInt(20_000))
                .scroll(random.nextInt(101));
    }
}
