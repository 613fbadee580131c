package io.millrace.dashboard;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Bounds;
import io.millrace.engine.Collector;
import io.millrace.engine.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Position;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An engine without a pipeline: its reports, generation and health are what a test says. */
final class StubEngine implements Engine, Sites {
    final TreeMap<Integer, Site> sites = new TreeMap<>();
    final AtomicInteger queries = new AtomicInteger();
    final Counters counters = new Counters();
    final Bounds bounds = new Bounds();
    volatile Function<Query, Report> answers = StubEngine::zeros;
    volatile long generation = 1;
    volatile Health health = Health.RUNNING;
    volatile List<LiveVisitor> live = List.of();
    private final Storage storage;

    StubEngine(Storage storage, Site... sites) {
        this.storage = storage;
        for (Site site : sites) {
            this.sites.put(site.id(), site);
        }
    }

    static Report zeros(Query query) {
        return query.dimensions().isEmpty() ? one(query, 0) : new Report(List.of(), 0);
    }

    /** A report of one row with the same number in every column. */
    static Report one(Query query, long n) {
        List<String> values = query.dimensions().stream().map(d -> "2026-11-20").toList();
        List<Long> metrics = query.metrics().stream().map(m -> n).toList();
        return new Report(List.of(new Report.Row(values, metrics)), 1);
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
                .findAny()
                .orElse(null);
    }

    @Override
    public Collection<Site> all() {
        return sites.values();
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
        return 1024;
    }

    @Override
    public Collector collector() {
        throw new UnsupportedOperationException();
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
    public <T> CompletableFuture<T> execute(Function<StorageWriter, T> work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletableFuture<T> removeVisitor(int siteId, String visitor, Function<StorageWriter, T> work) {
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
