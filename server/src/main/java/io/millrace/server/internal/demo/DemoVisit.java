package io.millrace.server.internal.demo;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.Position;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One made-up visit, page by page. Used once, by one thread. */
final class DemoVisit {
    private static final int MOST_PAGES = 25;

    private final int siteId;
    private final String id;
    private final String visitor;
    private final DemoWorld.Client client;
    private final Place place;
    private final SplittableRandom random;
    private final List<Beacon> beacons;

    /**
     * @param id of the visit: the ids of its events begin with it
     * @param visitor whose: always with the same browser from the same place
     * @param beacons what happens is added here
     */
    DemoVisit(int siteId, String id, String visitor, SplittableRandom random, List<Beacon> beacons) {
        SplittableRandom person = new SplittableRandom(visitor.hashCode()).split();
        this.siteId = siteId;
        this.id = id;
        this.visitor = visitor;
        this.client = DemoWorld.CLIENTS.draw(person);
        this.place = DemoWorld.PLACES.draw(person);
        this.random = random;
        this.beacons = beacons;
    }

    void happen(long start) {
        DemoWorld.Origin origin = DemoWorld.ORIGINS.draw(random);
        DemoWorld.Page page = DemoWorld.ENTRIES.draw(random);
        int pages = pages(origin.pages());
        long time = start;
        for (int i = 0; i < pages; i++) {
            long stay = stay();
            view(i, page, i == 0 ? origin : DemoWorld.INSIDE, time);
            custom(i, page, time + stay / 2);
            engage(i, pages == 1 ? stay / 3 : stay, time + stay);
            time += stay + 500;
            page = DemoWorld.NEXT.draw(random);
        }
    }

    private void view(int i, DemoWorld.Page page, DemoWorld.Origin origin, long time) {
        String ref = origin.affiliate() == null ? "" : "?ref=" + origin.affiliate();
        add(
                Beacon.pageview(siteId)
                        .id(id + i)
                        .title(page.title())
                        .url(url(page) + ref)
                        .referrer(origin.referrer())
                        .campaign(origin.campaign()),
                time);
    }

    private void engage(int i, long stay, long time) {
        long engaged = (long) (stay * (0.4 + 0.5 * random.nextDouble()));
        int scroll = 10 + random.nextInt(91);
        add(
                Beacon.of(siteId, Beacon.Type.ENGAGEMENT)
                        .view(id + i)
                        .engagedMillis(engaged)
                        .scroll(scroll),
                time);
    }

    private void custom(int i, DemoWorld.Page page, long time) {
        BeaconBuilder event = custom(page.path(), random.nextDouble());
        if (event != null) {
            add(event.id(id + "e" + i).url(url(page)), time);
        }
    }

    private BeaconBuilder custom(String path, double chance) {
        return switch (path) {
            case "/signup" -> chance > 0.35 ? null : event("signup").props(Map.of("plan", plan()));
            case "/checkout" -> chance > 0.3 ? null : event("purchase").revenue(price());
            case "/docs/getting-started" -> chance > 0.15 ? null : event("download");
            case "/blog/one-file-is-enough" -> chance > 0.1 ? null : event("subscribe");
            default -> null;
        };
    }

    private BeaconBuilder event(String name) {
        return Beacon.event(siteId, name);
    }

    private String plan() {
        return random.nextInt(4) == 0 ? "fleet" : "single";
    }

    private Money price() {
        return new Money(1_900 + 100L * random.nextInt(60), "EUR");
    }

    private static String url(DemoWorld.Page page) {
        return "https://" + DemoWorld.DOMAIN + page.path();
    }

    private void add(BeaconBuilder beacon, long time) {
        beacons.add(beacon.time(time)
                .trusted(true)
                .visitorId(visitor)
                .screenWidth(client.width())
                .screenHeight(client.height())
                .language(place.country().equals("DE") || place.country().equals("AT") ? "de" : "en")
                .userAgent(client.agent())
                .place(place)
                .position(new Position(DemoWorld.SOURCE, time))
                .build());
    }

    /** Geometric: most visits are short, some are long. */
    private int pages(double mean) {
        int pages = 1;
        while (pages < MOST_PAGES && random.nextDouble() < 1 - 1 / mean) {
            pages++;
        }
        return pages;
    }

    /** How long a page is looked at, in milliseconds: half of them under 20 s, a few for many minutes. */
    private long stay() {
        double u = random.nextDouble();
        return (long) (2_000 + 18_000 * Math.pow(u / (1.02 - u), 0.95));
    }
}
