package io.millrace.engine;

import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An engine without a pipeline: it takes what a test lets it take and settles it when the test says so, and its
 * reports, generation and health are what the test says. Thread-safe.
 */
public final class StubEngine implements Engine, Collector, Sites {
    private record Held(List<Beacon> beacons, Receipt receipt) {}

    private final Storage storage;
    private final Map<Integer, Site> sites = new ConcurrentSkipListMap<>();
    private final Counters counters = new Counters();
    private final Bounds bounds = new Bounds();
    private final AtomicInteger queries = new AtomicInteger();
    private final List<Held> held = new ArrayList<>();
    private final List<Beacon> taken = new ArrayList<>();
    private Function<Beacon, Outcome> outcome = b -> Outcome.STORED;
    private boolean room = true;
    private boolean crowded;
    private boolean hold;
    private volatile int slots = 1024;
    private volatile Function<Query, Report> answers = StubEngine::zeros;
    private volatile long generation = 1;
    private volatile Health health = Health.RUNNING;
    private volatile List<LiveVisitor> live = List.of();
    private volatile List<LiveHit> recent = List.of();

    /** An engine with these sites over an empty storage in memory. */
    public StubEngine(Site... sites) {
        this(new MemoryStorage(), sites);
    }

    public StubEngine(Storage storage, Site... sites) {
        this.storage = storage;
        List.of(sites).forEach(this::add);
    }

    /** Adds or replaces a site. */
    public void add(Site site) {
        sites.put(site.id(), site);
    }

    /** From now on queries are answered by this. */
    public void answers(Function<Query, Report> by) {
        answers = by;
    }

    /** No row, or a row of zeros for totals. */
    public static Report zeros(Query query) {
        return query.dimensions().isEmpty() ? one(query, 0) : new Report(List.of(), 0);
    }

    /** A report of one row with the same number in every column. */
    public static Report one(Query query, long n) {
        List<String> values = query.dimensions().stream().map(d -> "2026-11-20").toList();
        List<Long> metrics = query.metrics().stream().map(m -> n).toList();
        return new Report(List.of(new Report.Row(values, metrics)), 1);
    }

    /** How many queries have been asked. */
    public int queries() {
        return queries.get();
    }

    /** As if something had been committed for every site. */
    public synchronized void commit() {
        generation++;
    }

    public void health(Health now) {
        health = now;
    }

    public void live(List<LiveVisitor> visitors) {
        live = List.copyOf(visitors);
    }

    public void recent(List<LiveHit> hits) {
        recent = List.copyOf(hits);
    }

    /** So many slots are free. */
    public void slots(int free) {
        slots = free;
    }

    /** Whether beacons are taken. */
    public synchronized void room(boolean free) {
        room = free;
    }

    /** Whether large arrays of strangers need not be offered. */
    public synchronized void crowded(boolean crowd) {
        crowded = crowd;
    }

    /** From now on receipts wait for {@link #settle()}. */
    public synchronized void hold() {
        hold = true;
    }

    /** From now on beacons end like this. */
    public synchronized void outcome(Function<Beacon, Outcome> of) {
        outcome = of;
    }

    /** What has been taken. */
    public synchronized List<Beacon> taken() {
        return List.copyOf(taken);
    }

    /** Settles what is held, as one batch; how many offers that were. */
    public synchronized int settle() {
        int n = held.size();
        Set<Runnable> after = new HashSet<>();
        for (Held h : held) {
            for (int i = 0; i < h.beacons().size(); i++) {
                Outcome o = outcome.apply(h.beacons().get(i));
                counters.add(o.counter(), h.beacons().get(i).siteId());
                h.receipt().settled(i, o);
            }
            if (h.receipt().afterBatch() != null) {
                after.add(h.receipt().afterBatch());
            }
        }
        held.clear();
        after.forEach(Runnable::run);
        return n;
    }

    @Override
    public boolean offer(Beacon beacon, Receipt receipt) {
        return offer(List.of(beacon), receipt);
    }

    @Override
    public synchronized boolean offer(List<Beacon> beacons, Receipt receipt) {
        if (!room) {
            return false;
        }
        taken.addAll(beacons);
        held.add(new Held(List.copyOf(beacons), receipt));
        if (!hold) {
            settle();
        }
        return true;
    }

    @Override
    public synchronized boolean crowded(int members) {
        return crowded;
    }

    @Override
    public CompletableFuture<Outcome> put(Beacon beacon) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome> put(Event event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collector collector() {
        return this;
    }

    @Override
    public Report query(Query query) {
        queries.incrementAndGet();
        return answers.apply(query);
    }

    @Override
    public long generation(int siteId) {
        return generation;
    }

    @Override
    public Sites sites() {
        return this;
    }

    @Override
    public Site byId(int id) {
        return sites.get(id);
    }

    @Override
    public Site byDomain(String domain) {
        return sites.values().stream()
                .filter(s -> s.domain().equals(domain))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<Site> all() {
        return List.copyOf(sites.values());
    }

    @Override
    public Affiliate affiliate(int siteId, String slug) {
        return null;
    }

    @Override
    public Collection<Affiliate> affiliates(int siteId) {
        return List.of();
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public List<LiveVisitor> live(int siteId) {
        return live;
    }

    @Override
    public List<LiveHit> recent(int siteId) {
        return recent;
    }

    @Override
    public String visitor(int siteId, String address, String userAgent) {
        return null;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    public long remainingSlots() {
        return slots;
    }

    @Override
    public CompletableFuture<Site> addSite(Site site) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Site> updateSite(Site site) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> removeSite(int siteId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Affiliate> saveAffiliate(Affiliate affiliate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> removeAffiliate(int siteId, int affiliateId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Goal> saveGoal(Goal goal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> removeGoal(int siteId, int goalId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Funnel> saveFunnel(Funnel funnel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> removeFunnel(int siteId, int funnelId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<T> execute(Function<StorageWriter, T> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<T> removeVisitor(int siteId, String visitor, Function<StorageWriter, T> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Long> withdraw(Withdrawal withdrawal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Integer> restore(int siteId, Counter reason, Predicate<Event> which) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<T> removeVisits(Function<StorageWriter, T> work, Supplier<Collection<Long>> removed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Past.Brought> bring(Past past) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Position position(String source) {
        return null;
    }

    @Override
    public CompletableFuture<Void> flush() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public int close(Duration atMost) {
        return 0;
    }
}
