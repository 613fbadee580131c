package io.millrace.engine;

import io.millrace.engine.spi.Fixed;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has been counted since the engine started, by site. Thread-safe: front-ends add, the store thread adds, anyone
 * reads. Site 0 holds what belongs to no site.
 *
 * @see Counter
 */
public final class Counters {
    @Fixed("one for each site; what names none counts for 0")
    private final Map<Integer, Map<Counter, LongAdder>> sites = new ConcurrentHashMap<>();

    /** Nothing counted yet. */
    public Counters() {}

    /** Counts one. */
    public void add(Counter counter, int siteId) {
        add(counter, siteId, 1);
    }

    /** Counts {@code n}. */
    public void add(Counter counter, int siteId, long n) {
        sites.computeIfAbsent(siteId, s -> row()).get(counter).add(n);
    }

    private static Map<Counter, LongAdder> row() {
        Map<Counter, LongAdder> row = new EnumMap<>(Counter.class);
        for (Counter c : Counter.values()) {
            row.put(c, new LongAdder());
        }
        return row;
    }

    /** How many of one site. */
    public long get(Counter counter, int siteId) {
        Map<Counter, LongAdder> row = sites.get(siteId);
        return row == null ? 0 : row.get(counter).sum();
    }

    /** How many of all sites. */
    public long total(Counter counter) {
        return sites.values().stream().mapToLong(row -> row.get(counter).sum()).sum();
    }

    /** The sites that anything was counted for, 0 among them. */
    public Iterable<Integer> siteIds() {
        return sites.keySet();
    }

    /**
     * Received less all outcomes: 0 when nothing is in flight, the number in flight otherwise. Anything else is a bug.
     */
    public long unsettled() {
        long n = total(Counter.RECEIVED);
        for (Counter c : Counter.values()) {
            n -= c.outcome() ? total(c) : 0;
        }
        return n;
    }
}
