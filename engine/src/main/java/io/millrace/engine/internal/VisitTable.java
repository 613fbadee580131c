package io.millrace.engine.internal;

import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest visit of each key that is still open, least recently touched first; bounded. The store thread's, and
 * changed only after the commit that holds the change.
 */
final class VisitTable {

    /** A visit in memory, and the heartbeats of it that are not written yet. */
    static final class Entry {
        Visit visit;
        long heardAt;
        long touchedAt;
    }

    private static final int SPARED = 8;

    private final int limit;
    private final Map<Visit.Key, Entry> open = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<Visit.Key, Visit.Key> aliases = new HashMap<>();
    private final Map<Visit.Key, Long> unwritten = new LinkedHashMap<>();
    private long completeSince;

    VisitTable(int limit, long now) {
        this.limit = limit;
        this.completeSince = now;
    }

    /** The visit of exactly this key, or null. */
    Entry get(Visit.Key key) {
        return open.get(key);
    }

    /** The key under which a visitor's visit is kept: after midnight it may be yesterday's. */
    Visit.Key resolve(Visit.Key key) {
        return aliases.isEmpty() ? key : aliases.getOrDefault(key, key);
    }

    /** A visit that is not here has not been active after this instant. */
    long completeSince() {
        return completeSince;
    }

    int size() {
        return open.size();
    }

    /**
     * Takes a visit's committed state.
     *
     * @param heardAt its latest heartbeat that is not written; 0: none
     */
    void put(Visit visit, long heardAt, long now) {
        Entry entry = open.computeIfAbsent(visit.key(), key -> new Entry());
        boolean another = entry.visit != null && entry.visit.id() != visit.id();
        if (another) {
            // The table keeps the latest visit of a key; the other one is in the storage alone from now on.
            Visit leaving = entry.visit.startedAt() > visit.startedAt() ? visit : entry.visit;
            completeSince = Math.max(completeSince, leaving.lastActivity());
            if (leaving == visit) {
                return;
            }
        }
        entry.visit = visit;
        entry.heardAt = heardAt;
        entry.touchedAt = now;
        unwritten.remove(visit.key());
        if (heardAt > visit.lastActivity()) {
            unwritten.put(visit.key(), heardAt);
        }
        for (int spared = 0; open.size() > limit; ) {
            spared = evict(spared);
        }
    }

    /** From now on this key finds that visit too: a cookieless visitor after midnight. */
    void alias(Visit.Key key, Visit.Key visit) {
        aliases.put(key, visit);
    }

    /** Visits whose last heartbeat is not written and came before this instant, oldest first. */
    List<Entry> unwrittenBefore(long instant) {
        List<Entry> found = new ArrayList<>();
        for (Map.Entry<Visit.Key, Long> e : unwritten.entrySet()) {
            if (e.getValue() >= instant) {
                break;
            }
            Entry entry = open.get(e.getKey());
            if (entry != null) {
                found.add(entry);
            }
        }
        return found;
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
            left(entry);
        }
        aliases.values().removeIf(key -> !open.containsKey(key));
    }

    void removeSite(int siteId) {
        open.keySet().removeIf(key -> key.siteId() == siteId);
        unwritten.keySet().removeIf(key -> key.siteId() == siteId);
    }

    /** Lets the eldest go, but for a few whose heartbeat is still to be written. */
    private int evict(int spared) {
        Iterator<Entry> eldest = open.values().iterator();
        Entry entry = eldest.next();
        while (spared < SPARED && unwritten.containsKey(entry.visit.key()) && eldest.hasNext()) {
            spared++;
            entry = eldest.next();
        }
        eldest.remove();
        left(entry);
        return spared;
    }

    private void left(Entry entry) {
        unwritten.remove(entry.visit.key());
        completeSince = Math.max(completeSince, Math.max(entry.visit.lastActivity(), entry.heardAt));
    }
}
