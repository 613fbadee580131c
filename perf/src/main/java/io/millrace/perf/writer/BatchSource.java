package io.millrace.perf.writer;

import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Believable page views as batches: visits of four pages on average that overlap, spread over days, 500 paths and 300
 * cities by Zipf's law, 160 agents, 27 sources, two visitors for three visits, ids of 22 characters as the tracker sends
 * them. The same seed makes the same batches. Not thread-safe.
 */
public final class BatchSource {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String[] BROWSERS = {"Chrome", "Mobile Safari", "Firefox", "Edge", "Safari", "Samsung Internet"
    };
    private static final String[] SYSTEMS = {"Windows", "iOS", "Android", "Mac OS X", "Linux"};
    private static final String[] DEVICES = {"desktop", "mobile", "tablet"};
    private static final String[] CHANNELS = {"Direct", "Organic Search", "Referral", "Social", "Email"};
    private static final int PATHS = 500;
    private static final int CITIES = 300;
    private static final int COUNTRIES = 40;
    private static final int AGENTS = 160;
    private static final int SOURCES = 27;
    private static final int RETURNING_OF = 3;
    private static final int REMEMBERED = 50_000;
    private static final int PAGES_MEAN = 4;
    private static final int PAGES_MOST = 20;
    private static final long DAY = 86_400_000;

    /** A visit that goes on. */
    private static final class Running {
        Visit visit;
        Visit stored;
        int left;
        long next;
    }

    private final Site site;
    private final SplittableRandom random;
    private final double visitEvery;
    private final PriorityQueue<Running> running = new PriorityQueue<>((a, b) -> Long.compare(a.next, b.next));
    private final String[] visitors = new String[REMEMBERED];
    private final String[] paths = new String[PATHS];
    private final String[] titles = new String[PATHS];
    private final Place[] places = new Place[CITIES];
    private final Agent[] agents = new Agent[AGENTS];
    private double nextVisit;
    private long visits;

    /**
     * @param pageViews how many are spread over the days
     * @param from UTC milliseconds
     */
    public BatchSource(Site site, long seed, long pageViews, int days, long from, long firstVisit) {
        this.site = site;
        this.random = new SplittableRandom(seed);
        this.visitEvery = (double) days * DAY * PAGES_MEAN / pageViews;
        this.nextVisit = from;
        this.visits = firstVisit;
        for (int i = 0; i < PATHS; i++) {
            paths[i] = i == 0 ? "/" : "/blog/2026/how-we-made-part-" + i;
            titles[i] = "How we made part " + i;
        }
        for (int i = 0; i < CITIES; i++) {
            places[i] = new Place("C" + i % COUNTRIES, "R" + i % 90, "City " + i);
        }
        for (int i = 0; i < AGENTS; i++) {
            agents[i] = new Agent(
                    BROWSERS[i % 6],
                    String.valueOf(142 - i / 6),
                    SYSTEMS[i % 5],
                    String.valueOf(i % 7),
                    DEVICES[i % 3]);
        }
    }

    /** The next page views, as one batch. */
    public Batch next(int size) {
        Map<Long, Running> touched = new LinkedHashMap<>(size);
        List<Batch.Hit> hits = new ArrayList<>(size);
        while (hits.size() < size) {
            Running r = running.isEmpty() || running.peek().next > nextVisit ? open() : running.poll();
            Event event = r.visit == null ? first(r) : following(r);
            hits.add(new Batch.Hit(r.visit, event));
            touched.put(r.visit.id(), r);
            if (--r.left > 0) {
                r.next += 5_000 + random.nextInt(80_000);
                running.add(r);
            }
        }
        List<Batch.VisitChange> changes = new ArrayList<>(touched.size());
        for (Running r : touched.values()) {
            changes.add(new Batch.VisitChange(r.stored, r.visit));
            r.stored = r.visit;
        }
        int day = site.dayOf(hits.get(0).event().time());
        List<Batch.LedgerEntry> ledger = List.of(
                new Batch.LedgerEntry(site.id(), day, Counter.RECEIVED, size),
                new Batch.LedgerEntry(site.id(), day, Counter.STORED, size));
        return new Batch(changes, hits, List.of(), List.of(), List.of(), List.of(), ledger, List.of());
    }

    private Running open() {
        Running r = new Running();
        r.next = (long) nextVisit;
        r.left = Math.min(PAGES_MOST, 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(1 - 1.0 / PAGES_MEAN)));
        nextVisit += visitEvery * 2 * random.nextDouble();
        return r;
    }

    private Event first(Running r) {
        int source = zipf(SOURCES);
        String host = source < 5 ? null : "site-" + source + ".example";
        Event e = event(r).visitor(visitor())
                .sessionId(id())
                .referrer(host == null ? null : "https://www." + host + "/")
                .referrerHost(host)
                .source(host == null ? source == 0 ? "Direct" : "newsletter" : host)
                .channel(CHANNELS[source % CHANNELS.length])
                .campaign(
                        source > 0 && host == null
                                ? new Campaign("newsletter", "email", "c" + source, null, null)
                                : Campaign.NONE)
                .place(places[zipf(CITIES)])
                .agent(agents[zipf(AGENTS)])
                .language(source % 2 == 0 ? "en-US" : "de-DE")
                .screenWidth(1920 - 10 * zipf(20))
                .screenHeight(1080)
                .build();
        r.visit = new Visit(
                ++visits,
                new Visit.Key(site.id(), e.visitor(), e.sessionId()),
                e.time(),
                e.time(),
                1,
                0,
                0,
                e.path(),
                e.time(),
                Visit.Origin.of(e),
                List.of());
        return e;
    }

    private Event following(Running r) {
        Visit v = r.visit;
        Event e = event(r).visitor(v.key().visitor())
                .sessionId(v.key().sessionId())
                .build();
        r.visit = new Visit(
                v.id(),
                v.key(),
                v.startedAt(),
                e.time(),
                v.pageViews() + 1,
                0,
                0,
                e.path(),
                e.time(),
                v.origin(),
                v.affiliates());
        return e;
    }

    private EventBuilder event(Running r) {
        int path = zipf(PATHS);
        return Event.of(site, Beacon.Type.PAGEVIEW, r.next)
                .id(id())
                .hostname("example.com")
                .path(paths[path])
                .title(titles[path]);
    }

    private String visitor() {
        int slot = random.nextInt(REMEMBERED);
        boolean returns = random.nextInt(RETURNING_OF) == 0 && visitors[slot] != null;
        if (!returns) {
            visitors[slot] = id();
        }
        return visitors[slot];
    }

    private String id() {
        char[] id = new char[22];
        for (int i = 0; i < id.length; i++) {
            id[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return new String(id);
    }

    /** A rank from 0; the k-th is about k times rarer than the first. */
    private int zipf(int n) {
        return (int) Math.pow(n + 1, random.nextDouble()) - 1;
    }
}
