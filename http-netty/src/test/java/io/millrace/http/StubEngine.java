package io.millrace.http;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.Collector;
import io.millrace.engine.Counter;
import io.millrace.engine.Counters;
import io.millrace.engine.Engine;
import io.millrace.engine.Event;
import io.millrace.engine.Outcome;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An engine that takes what a test lets it take, and settles when the test says so. */
public final class StubEngine implements Collector, Sites {
    private record Held(List<Beacon> beacons, Receipt receipt) {}

    private final Counters counters = new Counters();
    private final Map<Integer, Site> sites = new TreeMap<>();
    private final Bounds bounds = new Bounds();
    private final List<Held> held = new ArrayList<>();
    private final List<Beacon> taken = new ArrayList<>();
    private Function<Beacon, Outcome> outcome = b -> Outcome.STORED;
    private boolean room = true;
    private boolean hold;
    private int slots = 1024;

    StubEngine() {
        sites.put(1, Site.of("example.com").withId(1));
        sites.put(2, Site.of("other.org").withId(2));
    }

    /** The whole engine: what a front-end needs, and nothing else. */
    Engine engine() {
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "collector", "sites" -> this;
                    case "counters" -> counters;
                    case "bounds" -> bounds;
                    case "remainingSlots" -> (long) slots;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    synchronized void add(Site site) {
        sites.put(site.id(), site);
    }

    synchronized void slots(int n) {
        slots = n;
    }

    synchronized void room(boolean free) {
        room = free;
    }

    /** From now on receipts wait for {@link #settle()}. */
    synchronized void hold() {
        hold = true;
    }

    synchronized void outcome(Function<Beacon, Outcome> of) {
        outcome = of;
    }

    synchronized List<Beacon> taken() {
        return List.copyOf(taken);
    }

    Counters counters() {
        return counters;
    }

    /** Settles what is held, as one batch. */
    synchronized int settle() {
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
    public CompletableFuture<Outcome> put(Beacon beacon) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Outcome> put(Event event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Site byId(int id) {
        return sites.get(id);
    }

    @Override
    public synchronized Site byDomain(String domain) {
        return sites.values().stream()
                .filter(s -> s.domain().equals(domain))
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized Collection<Site> all() {
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

    long count(Counter counter) {
        return counters.total(counter);
    }
}
