package io.millrace.perf.hostile.bystander;

import io.millrace.perf.audit.SentIds;
import io.millrace.perf.load.Client;
import io.millrace.perf.net.Tls;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * All bystanders of a trial, by what they do: visitors, visitors on new connections, a dashboard, an owner. One thread
 * works them, another opens and closes their windows.
 */
public final class Bystanders {
    /** What somebody is called who logs in and changes settings. */
    public static final String OWNER = "owner";

    /** Of all together. */
    public static final int CONNECTIONS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int[] EACH = {32, 16, 8, 4, 4};
    private static final int CAPACITY = 8 << 10;

    private final Map<String, Bystander> all = new LinkedHashMap<>();
    private final SentIds ids = new SentIds();
    private final InetSocketAddress server;
    private final Tls tls;
    private CompletableFuture<Void> client;

    /**
     * @param tls null: plain
     * @param adminKey a key that may see and change everything
     * @param password of {@link Bystander#EMAIL}
     */
    public Bystanders(Millrace millrace, Tls tls, String adminKey, String password, long seed) {
        this.server = new InetSocketAddress(millrace.host(), millrace.port());
        this.tls = tls;
        String authority = millrace.host() + ":" + millrace.port();
        int haste = tls == null ? 10 : 2; // a hundred handshakes a second are a processor's work on a slow machine
        add("beacons", new PageViews(authority, seed, ids, false), 10, haste);
        add("new connections", new PageViews(authority, seed + 1, ids, true), 100, haste);
        add("reports", new Reports(authority, adminKey), 250, 2);
        add("streams", new Streams(authority, adminKey), 1_000, 2);
        add(OWNER, new Owner(authority, adminKey, password), 1_000, 1);
    }

    private void add(String name, Bystander.Asked asked, long everyMillis, int haste) {
        all.put(name, new Bystander(asked, Duration.ofMillis(everyMillis), haste));
    }

    /**
     * Lets them go about their business, at first in haste: a server that has run for a day has compiled what they need.
     *
     * @param haste for how long
     */
    public void begin(Duration haste) {
        long now = System.nanoTime();
        all.values().forEach(each -> each.begin(now, haste));
        client = CompletableFuture.runAsync(this::work, task -> {
            Thread thread = new Thread(task, "bystanders");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void work() {
        try (Client worker = new Client(server, tls, PATIENCE)) {
            Iterator<Bystander> each = all.values().iterator();
            for (int connections : EACH) {
                worker.add(each.next(), connections, CAPACITY);
            }
            worker.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on what is due is counted in this window of each. */
    public void open(Function<Bystander, Window> window) {
        long now = System.nanoTime();
        all.values().forEach(each -> window.apply(each).open(now));
    }

    /** No more. */
    public void close(Function<Bystander, Window> window) {
        long now = System.nanoTime();
        all.values().forEach(each -> window.apply(each).close(now));
    }

    /** Sends no more, and waits for what is under way. */
    public void end() {
        all.values().forEach(Bystander::stop);
        client.join();
    }

    /** What each of them saw; after the end. */
    public Map<String, Window.Seen> seen(Function<Bystander, Window> window) {
        Map<String, Window.Seen> seen = new LinkedHashMap<>();
        all.forEach((name, each) -> seen.put(name, each.seen(window.apply(each))));
        return seen;
    }

    /** The page views that were sent; after the end. */
    public SentIds ids() {
        return ids;
    }
}
