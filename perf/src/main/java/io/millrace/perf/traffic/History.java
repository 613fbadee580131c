package io.millrace.perf.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a site has seen, as beacons one after the other in order of time: visits of four pages on average that overlap, a
 * third of them by people who were here before; 5,000 paths, 200 countries of ten cities, 300 sources and 30 campaigns by
 * Zipf's law, 160 agents of few browsers; a custom event in 15 % of the visits, half of them with a plan; engagement
 * of 60 % of the page views. The same seed makes the same beacons. Not thread-safe.
 */
public final class History {
    /** A plan that a third of those who sign up choose. */
    public static final String PLAN = "pro";

    /** The property that {@link #PLAN} is a value of. */
    public static final String PROPERTY = "plan";

    private static final double PAGES_MEAN = 4;
    private static final int PAGES_MOST = 20;
    private static final int PATHS = 5_000;
    private static final int COUNTRIES = 200;
    private static final int CITIES = 10;
    private static final int SOURCES = 300;
    private static final int CAMPAIGNS = 30;
    private static final double DIRECT = 0.35;
    private static final double BY_CAMPAIGN = 0.1;
    private static final double RETURNING = 1 / 3.0;
    private static final double CONVERTING = 0.15;
    private static final double ENGAGED = 0.6;
    private static final double MONTH_MILLIS = 30 * 86_400_000.0;
    private static final String[] NAMES = {"Signup", "Download", "Signup", "Outbound click", "Signup", "Search"};
    private static final String[] PLANS = {"free", PLAN, "team"};
    private static final String[] COMMONEST = {"US", "DE", "GB", "FR", "IN", "CA", "NL", "ES", "BR", "JP"};

    /** Somebody, who keeps a browser and a place. */
    private record Person(String id, int agent, Place place) {}

    /** A visit that goes on. */
    private static final class Running {
        private Person person;
        private String session;
        private long next;
        private Beacon.Type doing = Beacon.Type.PAGEVIEW;
        private int left;
        private int convertsAt;
        private String view;
        private long dwell;
        private boolean entry = true;
    }

    private final World world = new World();
    private final String[] countries = Stream.concat(Stream.of(COMMONEST), Stream.of(Locale.getISOCountries()))
            .distinct()
            .limit(COUNTRIES)
            .toArray(String[]::new);
    private final int siteId;
    private final SplittableRandom random;
    private final double visitEvery;
    private final Person[] known;
    private final PriorityQueue<Running> running = new PriorityQueue<>((a, b) -> Long.compare(a.next, b.next));
    private double nextVisit;

    /**
     * @param pageViewsAMonth how many there are in thirty days
     * @param from UTC milliseconds
     */
    public History(int siteId, long seed, long pageViewsAMonth, long from) {
        this.siteId = siteId;
        this.random = new SplittableRandom(seed);
        this.visitEvery = MONTH_MILLIS * PAGES_MEAN / pageViewsAMonth;
        this.known = new Person[Math.toIntExact(Math.max(1, pageViewsAMonth / 40))];
        this.nextVisit = from;
    }

    /** The path of a rank, from 0. */
    public static String path(int rank) {
        return rank == 0 ? "/" : "/articles/" + rank % 50 + "/part-" + rank;
    }

    /** What happens next; its time is set. */
    public Beacon next() {
        Running r = running.isEmpty() || running.peek().next > nextVisit ? open() : running.poll();
        Beacon beacon = act(r);
        if (r.doing != Beacon.Type.PAGEVIEW || r.left > 0) {
            running.add(r);
        }
        return beacon;
    }

    private Running open() {
        Running r = new Running();
        r.next = (long) nextVisit;
        r.person = person();
        r.session = id();
        r.left = Math.min(PAGES_MOST, 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1 / PAGES_MEAN)));
        r.convertsAt = random.nextDouble() < CONVERTING ? random.nextInt(r.left) : -1;
        nextVisit += visitEvery * 2 * random.nextDouble();
        return r;
    }

    private Person person() {
        int slot = random.nextInt(known.length);
        if (known[slot] == null || random.nextDouble() >= RETURNING) {
            int country = zipf(countries.length);
            int city = zipf(CITIES);
            Place place = new Place(
                    countries[country],
                    countries[country] + "-" + city / 3,
                    "City " + city + " of " + countries[country]);
            known[slot] = new Person(id(), zipf(World.AGENTS), place);
        }
        return known[slot];
    }

    private Beacon act(Running r) {
        BeaconBuilder beacon = Beacon.of(siteId, r.doing)
                .time(r.next)
                .trusted(true)
                .visitorId(r.person.id)
                .sessionId(r.session)
                .hostname("example.com")
                .userAgent(text(world.agents[r.person.agent]))
                .place(r.person.place);
        switch (r.doing) {
            case PAGEVIEW -> {
                look(r, beacon);
                r.doing = r.left == r.convertsAt ? Beacon.Type.EVENT : whenRead();
            }
            case EVENT -> {
                convert(beacon);
                r.doing = whenRead();
            }
            default -> {
                beacon.view(r.view).engagedMillis(r.dwell).scroll(random.nextInt(101));
                r.doing = Beacon.Type.PAGEVIEW;
            }
        }
        r.next += r.doing == Beacon.Type.EVENT ? 1 : r.dwell;
        return beacon.build();
    }

    private Beacon.Type whenRead() {
        return random.nextDouble() < ENGAGED ? Beacon.Type.ENGAGEMENT : Beacon.Type.PAGEVIEW;
    }

    private void look(Running r, BeaconBuilder beacon) {
        int path = zipf(PATHS);
        r.view = id();
        r.dwell = 2_000 + random.nextInt(40_000);
        r.left--;
        beacon.id(r.view).pathname(path(path)).title("Part " + path);
        beacon.language(text(world.languages[r.person.agent]))
                .screenWidth(world.screens[r.person.agent][0])
                .screenHeight(world.screens[r.person.agent][1]);
        if (r.entry) {
            arrive(beacon);
            r.entry = false;
        }
    }

    private void arrive(BeaconBuilder beacon) {
        double way = random.nextDouble();
        if (way < BY_CAMPAIGN) {
            beacon.campaign(new Campaign("newsletter", "email", "issue " + zipf(CAMPAIGNS), null, null));
        } else if (way >= BY_CAMPAIGN + DIRECT) {
            beacon.referrer(referrer(zipf(SOURCES)));
        }
    }

    /** The first are those that everybody knows. */
    private String referrer(int rank) {
        return rank + 1 < world.referrers.length
                ? text(world.referrers[rank + 1])
                : "https://www.site-" + rank + ".example/";
    }

    private void convert(BeaconBuilder beacon) {
        String name = NAMES[random.nextInt(NAMES.length)];
        beacon.id(id())
                .name(name)
                .props(
                        name.equals("Signup")
                                ? Map.of(PROPERTY, PLANS[random.nextInt(PLANS.length)])
                                : Map.of("label", "item " + zipf(100)));
    }

    private String id() {
        byte[] id = new byte[Ids.LENGTH];
        Ids.write(random.nextLong(), random.nextLong(), id);
        return Ids.text(id);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** A rank from 0; the k-th is about k times rarer than the first. */
    private int zipf(int n) {
        return (int) Math.pow(n + 1, random.nextDouble()) - 1;
    }
}
