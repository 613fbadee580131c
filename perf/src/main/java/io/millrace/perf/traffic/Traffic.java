package io.millrace.perf.traffic;

import java.util.SplittableRandom;

/**
 * An endless stream of what visitors do: visits of 1 to 20 pages (four on average), about a third by people who were
 * here before, interleaved as on a busy site. Not thread-safe.
 *
 * <p>The shape (who reads what, in which order) depends on the seed alone; the ids depend on seed and run, so that a
 * second run against the same database is new traffic and not a stream of duplicates.
 */
public final class Traffic {
    /** Visits under way at once: a page view belongs to one of them, drawn at random. */
    private static final int OPEN_VISITS = 2_048;

    private static final int MAX_PAGES = 20;
    /** A visit goes on with this chance after each page; cut at 20 pages, the mean is 4. */
    private static final double GO_ON = 0.751;

    private static final double RETURNING = 0.3;

    private final World world;
    private final SplittableRandom shape;
    private final SplittableRandom ids;
    private final int heartbeats;
    private final Zipf paths = new Zipf(World.PATHS, 1.0);
    private final Zipf agents = new Zipf(World.AGENTS, 0.8);
    private final Zipf countries;
    private final Zipf sources;
    private final Visit[] visits = new Visit[OPEN_VISITS];
    private final Visitor[] known = new Visitor[OPEN_VISITS];
    private final int firstNumber;
    private int visitors;

    /** Somebody, who keeps a browser and a place; known by an id, or by a number that nobody else has. */
    private static final class Visitor {
        private final long high;
        private final long low;
        private int number = -1;
        private int agent;
        private int country;

        private Visitor(SplittableRandom ids) {
            high = ids.nextLong();
            low = ids.nextLong();
        }
    }

    private static final class Visit {
        private Visitor visitor;
        private long sessionHigh;
        private long sessionLow;
        private int pagesLeft;
        private int source;
        private int page;
        private boolean entry;
    }

    /**
     * @param heartbeatShare how many of the events are heartbeats, from 0 to below 1
     */
    public Traffic(long seed, long run, double heartbeatShare) {
        this(new World(), seed, run, heartbeatShare);
    }

    Traffic(World world, long seed, long run, double heartbeatShare) {
        this.world = world;
        this.shape = new SplittableRandom(seed);
        this.ids = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + run);
        this.heartbeats = (int) (heartbeatShare * (1 << 20));
        this.countries = new Zipf(world.countries.length, 1.0);
        this.sources = new Zipf(world.sources(), 1.1);
        for (int i = 0; i < OPEN_VISITS; i++) {
            visits[i] = new Visit();
            known[i] = new Visitor(ids);
        }
        firstNumber = new SplittableRandom(seed ^ run * 0x9E3779B97F4A7C15L).nextInt() & Integer.MAX_VALUE;
    }

    World world() {
        return world;
    }

    /** How many people have come so far. */
    public int visitors() {
        return visitors;
    }

    /** Draws what happens next. */
    public void next(Hit hit) {
        long random = shape.nextLong();
        Visit visit = visits[(int) (random >>> 64 - 11)];
        if (visit.pagesLeft == 0) {
            open(visit);
        }
        hit.heartbeat = !visit.entry && (random & (1 << 20) - 1) < heartbeats;
        hit.entry = visit.entry;
        hit.previous = visit.page;
        if (!hit.heartbeat) {
            visit.page = paths.rank(shape.nextLong());
            visit.pagesLeft--;
            visit.entry = false;
        }
        fill(hit, visit);
    }

    private void open(Visit visit) {
        long random = shape.nextLong();
        visit.source = sources.rank(random << 32);
        visit.pagesLeft = pages();
        visit.entry = true;
        int who = (int) (shape.nextLong() >>> 64 - 11);
        if (shape.nextDouble() >= RETURNING) {
            known[who] = new Visitor(ids);
        }
        visit.visitor = known[who];
        if (visit.visitor.number < 0) {
            visit.visitor.number = firstNumber + visitors++ & Integer.MAX_VALUE;
            visit.visitor.agent = agents.rank(random);
            visit.visitor.country = countries.rank(random << 16);
        }
        visit.sessionHigh = ids.nextLong();
        visit.sessionLow = ids.nextLong();
    }

    private int pages() {
        int pages = 1;
        while (pages < MAX_PAGES && shape.nextDouble() < GO_ON) {
            pages++;
        }
        return pages;
    }

    private void fill(Hit hit, Visit visit) {
        hit.idHigh = ids.nextLong();
        hit.idLow = ids.nextLong();
        Ids.write(hit.idHigh, hit.idLow, hit.id);
        Ids.write(visit.visitor.high, visit.visitor.low, hit.visitor);
        Ids.write(visit.sessionHigh, visit.sessionLow, hit.session);
        hit.path = visit.page;
        hit.agent = visit.visitor.agent;
        hit.country = visit.visitor.country;
        hit.visitorNumber = visit.visitor.number;
        hit.source = visit.source;
    }
}
