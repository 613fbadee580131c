package io.millrace.web;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Campaign;
import io.millrace.engine.Conversion;
import io.millrace.engine.Engine;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A site with some days of traffic that are the same each time. */
final class TestSite {
    private static final List<String> PAGES = List.of(
            "/", "/pricing", "/docs", "/blog/hello", "/about", "/docs/start", "/blog/fast", "/contact", "/jobs");
    private static final List<String> REFERRERS = List.of(
            "https://www.google.com/",
            "https://news.ycombinator.com/",
            "https://bing.com/",
            "https://github.com/x",
            "");
    private static final int CONVERSIONS = 12;
    private static final List<String> PLANS = List.of("free", "pro", "team");
    private static final List<Place> PLACES = List.of(
            Place.of("DE", "Berlin", "Berlin"),
            Place.of("US", "California", "San Francisco"),
            Place.of("FR", "Île-de-France", "Paris"),
            Place.of("IN", "Karnataka", "Bengaluru"));
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");

    private final SplittableRandom random = new SplittableRandom(7);
    private final Engine engine;
    private final Site site;

    private TestSite(Engine engine, Site site) {
        this.engine = engine;
        this.site = site;
    }

    /** Fills a site with so many visits a day. */
    static void fill(Engine engine, Site site, long now, int days, int visits) {
        engine.saveAffiliate(new Affiliate(0, site.id(), "anna", "Anna", 0.2, Duration.ofDays(60)))
                .join();
        TestSite filled = new TestSite(engine, site);
        for (int day = days; day >= 0; day--) {
            for (int i = 0; i < visits; i++) {
                filled.visit(
                        "v" + filled.random.nextInt(visits * 3),
                        now - day * 86_400_000L - filled.random.nextInt(36_000_000));
            }
        }
        for (int i = 0; i < 3; i++) {
            filled.visit("of-last-year-" + i, now - (366 + i) * 86_400_000L);
        }
        engine.flush().join();
        for (int i = 0; i < CONVERSIONS; i++) {
            filled.pay("v" + i, now - i * 3_600_000L);
        }
    }

    private void pay(String visitor, long at) {
        Conversion paid = Conversion.of(site.id(), "order of " + visitor, new Money(1999, "EUR"), at)
                .withVisitor(visitor);
        Affiliate anna = engine.sites().affiliate(site.id(), "anna");
        engine.execute(w -> w.saveConversion((visitor.equals("v0") ? paid.withAffiliate(anna) : paid)
                        .withVisitId(w.findVisit(site.id(), visitor, null, at)
                                .map(Visit::id)
                                .orElse(0L))))
                .join();
    }

    private void visit(String visitor, long start) {
        int person = Math.abs(visitor.hashCode());
        String referrer = REFERRERS.get(random.nextInt(REFERRERS.size()));
        int pages = 1 + random.nextInt(4);
        long time = start;
        for (int i = 0; i < pages; i++, time += 20_000 + random.nextInt(60_000)) {
            BeaconBuilder view = Beacon.pageview(site.id())
                    .url("https://" + site.domain()
                            + PAGES.get((int) (PAGES.size() * Math.pow(random.nextDouble(), 2))));
            if (random.nextInt(12) == 0) {
                view.campaign(new Campaign("newsletter", "email", "autumn", null, null));
            }
            if (random.nextInt(15) == 0) {
                view.ref("anna");
            }
            put(view.referrer(referrer), visitor, person, time);
        }
        if (random.nextInt(6) == 0) {
            BeaconBuilder signup = Beacon.event(site.id(), "Signup").url("https://" + site.domain() + "/");
            put(signup.props(Map.of("plan", PLANS.get(person % 3), "seats", "" + person % 20)), visitor, person, time);
        }
    }

    private void put(BeaconBuilder beacon, String visitor, int person, long time) {
        engine.collector()
                .put(beacon.visitorId(visitor)
                        .trusted(true)
                        .time(time)
                        .screenWidth(person % 3 == 1 ? 390 : 1920)
                        .screenHeight(person % 3 == 1 ? 844 : 1080)
                        .language("en")
                        .address("192.0.2." + person % 250)
                        .userAgent(AGENTS.get(person % AGENTS.size()))
                        .place(PLACES.get(person % PLACES.size()))
                        .build());
    }
}
