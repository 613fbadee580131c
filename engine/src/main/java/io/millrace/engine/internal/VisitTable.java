package io.millrace.engine.internal;

import io.millrace.engine.Bounds;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.HeapSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The latest visit of each key that is still open, least recently touched first; bounded in number and bytes. What
 * leaves can be read back from the storage. The store thread's, and changed only after the commit that holds the change.
 */
final class VisitTable {

    /** A visit in memory. */
    static final class Entry {
        private static final int BYTES = 3 * HeapSize.OBJECT + HeapSize.MAP_ENTRY + 72 + LatestViews.BYTES;

        private final LatestViews views = new LatestViews();
        Visit visit;
        long touchedAt;
        private int originBytes;
        private int bytes;

        /** Bytes that it holds with this visit; an origin is looked at once. */
        int bytesWith(Visit other) {
            if (visit == null || visit.origin() != other.origin()) {
                originBytes = other.origin().weight();
            }
            return BYTES
                    + originBytes
                    + other.key().weight()
                    + HeapSize.of(other.exitPath())
                    + HeapSize.OBJECT * other.affiliates().size();
        }
    }

    /** A visit, and a heartbeat of it that is not written yet. */
    record Beat(Visit visit, long heardAt, long arrivedAt, int bytes) {}

    /** Another key of a visit, which holds as long as the visit may go on, in memory or not. */
    private record Alias(Visit.Key visit, long since) {
        static int bytes(Visit.Key key, Visit.Key visit) {
            return HeapSize.MAP_ENTRY + HeapSize.OBJECT + 8 + key.weight() + visit.weight();
        }
    }

    static final long ALIAS_BYTES = 4L << 20;
    static final long UNWRITTEN_BYTES = 8L << 20;

    private final int limit;
    private final long maxBytes;
    private final long maxLength;

    @Bounded("visits")
    private final Map<Visit.Key, Entry> open = new LinkedHashMap<>(1024, 0.75f, true);

    @Bounded("visit_aliases")
    private final Map<Visit.Key, Alias> aliases = new LinkedHashMap<>();

    /** In the order in which the heartbeats came. */
    @Bounded("unwritten_heartbeats")
    private final Map<Long, Beat> unwritten = new LinkedHashMap<>();

    private final AtomicLong openBytes = new AtomicLong();
    private final AtomicLong aliasBytes = new AtomicLong();
    private final AtomicLong unwrittenBytes = new AtomicLong();
    private final EvictedVisits evicted;
    private long completeSince;

    VisitTable(EngineSettings settings, long now) {
        this.limit = settings.openVisits();
        this.maxBytes = settings.visitBytes();
        this.maxLength = settings.visitMaxLength().toMillis();
        this.evicted = new EvictedVisits(settings.visitTimeout().toMillis() + VisitRules.HEARTBEAT_WRITE_MILLIS);
        this.completeSince = now;
    }

    void register(Bounds bounds) {
        bounds.add("visits", maxBytes, openBytes::get);
        bounds.add("visit_aliases", ALIAS_BYTES, aliasBytes::get);
        bounds.add("unwritten_heartbeats", UNWRITTEN_BYTES, unwrittenBytes::get);
        evicted.register(bounds);
    }

    /** Only the store thread adds, so that no barrier is needed. */
    private static void add(AtomicLong held, long bytes) {
        held.lazySet(held.getPlain() + bytes);
    }

    /** The visit of exactly this key, or null. */
    Entry get(Visit.Key key) {
        return open.get(key);
    }

    /** The other key of a visitor, yesterday's, under which its visit may be kept; or null. */
    Visit.Key aliasOf(Visit.Key key) {
        Alias alias = aliases.get(key);
        return alias == null ? null : alias.visit;
    }

    /** A visit of this key that is not here has not been active after this instant. */
    long completeSince(Visit.Key key) {
        return Math.max(completeSince, evicted.latest(key));
    }

    /**
     * Takes a visit's committed state.
     *
     * @param heardAt its latest heartbeat that is not written; 0: none
     * @param views engagement of its page views that has changed
     */
    void put(Visit visit, long heardAt, Map<EventKey, Visit.View> views, long now) {
        Entry entry = open.computeIfAbsent(visit.key(), key -> new Entry());
        int bytes = entry.bytesWith(visit);
        hear(visit, heardAt, now, bytes);
        boolean another = entry.visit != null && entry.visit.id() != visit.id();
        if (another) {
            // The table keeps the latest visit of a key; the other one is in the storage alone from now on.
            Visit leaving = entry.visit.startedAt() > visit.startedAt() ? visit : entry.visit;
            completeSince = Math.max(completeSince, lastActivity(leaving));
            if (leaving == visit) {
                return;
            }
            entry.views.clear();
        }
        entry.visit = visit;
        entry.touchedAt = now;
        views.forEach(entry.views::put);
        add(openBytes, bytes - entry.bytes);
        entry.bytes = bytes;
        while (open.size() > limit || openBytes.getPlain() > maxBytes && !open.isEmpty()) {
            evictEldest(now);
        }
    }

    /** Engagement of a page view of this visit, which the client calls {@code id}; null: not in memory. */
    Visit.View view(Visit visit, EventKey key, String id) {
        Entry entry = open.get(visit.key());
        return entry == null || entry.visit.id() != visit.id() ? null : entry.views.get(key, id);
    }

    private void hear(Visit visit, long heardAt, long now, int bytes) {
        forget(unwritten.remove(visit.id()));
        if (heardAt > visit.lastActivity()) {
            unwritten.put(visit.id(), new Beat(visit, heardAt, now, bytes));
            add(unwrittenBytes, bytes);
        }
    }

    private void forget(Beat beat) {
        if (beat != null) {
            add(unwrittenBytes, -beat.bytes);
        }
    }

    /** Whether there are so many unwritten heartbeats that the eldest must be written now. */
    boolean crowded() {
        return unwrittenBytes.getPlain() > UNWRITTEN_BYTES;
    }

    /** The latest heartbeat of a visit that is not written; 0: none. */
    long heardAt(Visit visit) {
        Beat beat = unwritten.get(visit.id());
        return beat == null ? 0 : beat.heardAt;
    }

    /** From now on this key finds that visit too: a cookieless visitor after midnight. */
    void alias(Visit.Key key, Visit.Key visit, long now) {
        if (aliases.putIfAbsent(key, new Alias(visit, now)) == null) {
            add(aliasBytes, Alias.bytes(key, visit));
        }
        var eldest = aliases.entrySet().iterator();
        while (aliasBytes.getPlain() > ALIAS_BYTES) {
            remove(eldest, eldest.next());
        }
    }

    private void remove(Iterator<?> at, Map.Entry<Visit.Key, Alias> alias) {
        add(aliasBytes, -Alias.bytes(alias.getKey(), alias.getValue().visit));
        at.remove();
    }

    /** The eldest heartbeats that are not written and came before this instant, so many of them at most. */
    List<Beat> unwrittenBefore(long instant, int atMost) {
        List<Beat> found = new ArrayList<>();
        for (Beat beat : unwritten.values()) {
            if (beat.arrivedAt >= instant || found.size() == atMost) {
                break;
            }
            found.add(beat);
        }
        return found;
    }

    /** The heartbeats of these visits are written. */
    void written(List<Visit> heard) {
        for (Visit visit : heard) {
            forget(unwritten.remove(visit.id()));
            Entry entry = open.get(visit.key());
            if (entry != null && entry.visit.id() == visit.id()) {
                entry.visit = visit;
            }
        }
    }

    /** Lets go of visits that nothing touched since this instant. */
    void sweep(long touchedBefore) {
        Iterator<Entry> eldest = open.values().iterator();
        while (eldest.hasNext()) {
            Entry entry = eldest.next();
            if (entry.touchedAt >= touchedBefore) {
                break;
            }
            eldest.remove();
            add(openBytes, -entry.bytes);
            completeSince = Math.max(completeSince, lastActivity(entry.visit));
        }
        var oldest = aliases.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Visit.Key, Alias> alias = oldest.next();
            if (alias.getValue().since >= touchedBefore - maxLength) {
                break;
            }
            remove(oldest, alias);
        }
    }

    void removeSite(int siteId) {
        removeIf(key -> key.siteId() == siteId);
    }

    void removeVisitor(int siteId, String visitor) {
        removeIf(key -> isOf(key, siteId, visitor));
    }

    /** A visit is not what it was: the storage is to be asked. Its other keys go on to find it. */
    void forget(Visit.Key key, long now) {
        Entry entry = open.remove(key);
        if (entry != null) {
            add(openBytes, -entry.bytes);
            forget(unwritten.remove(entry.visit.id()));
        }
        completeSince = Math.max(completeSince, evicted.add(key, now, now));
    }

    private static boolean isOf(Visit.Key key, int siteId, String visitor) {
        return key.siteId() == siteId && key.visitor().equals(visitor);
    }

    void removeVisits(Set<Long> ids) {
        Set<Visit.Key> keys = new HashSet<>();
        open.values().stream().filter(e -> ids.contains(e.visit.id())).forEach(e -> keys.add(e.visit.key()));
        removeIf(keys::contains);
    }

    private void removeIf(Predicate<Visit.Key> gone) {
        open.values().removeIf(entry -> {
            boolean leaves = gone.test(entry.visit.key());
            add(openBytes, leaves ? -entry.bytes : 0);
            return leaves;
        });
        unwritten.values().removeIf(beat -> {
            boolean leaves = gone.test(beat.visit.key());
            add(unwrittenBytes, leaves ? -beat.bytes : 0);
            return leaves;
        });
        for (var at = aliases.entrySet().iterator(); at.hasNext(); ) {
            Map.Entry<Visit.Key, Alias> alias = at.next();
            if (gone.test(alias.getKey()) || gone.test(alias.getValue().visit)) {
                remove(at, alias);
            }
        }
    }

    private void evictEldest(long now) {
        Iterator<Entry> eldest = open.values().iterator();
        Entry entry = eldest.next();
        eldest.remove();
        add(openBytes, -entry.bytes);
        long forgotten = evicted.add(entry.visit.key(), lastActivity(entry.visit), now);
        completeSince = Math.max(completeSince, forgotten);
    }

    /** With a heartbeat that is not written yet: what the storage will say. */
    private long lastActivity(Visit visit) {
        return Math.max(visit.lastActivity(), heardAt(visit));
    }
}
