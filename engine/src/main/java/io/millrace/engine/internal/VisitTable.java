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

    private final int limit;
    private final Map<Visit.Key, Entry> open = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<Visit.Key, Visit.Key> aliases = new HashMap<>();
    private final Map<Visit.Key, Long> unwritten = new LinkedHashMap<>();
    private long completeSince;

    VisitTable(int limit, long now) {
        this.limit = limit;
        this.completeSince = now;
    }

    Entry get(Visit.Key key) {
        return open.get(aliases.isEmpty() ? key : aliases.getOrDefault(key, key));
    }

    /** A visit that is not here has not been active after this instant. */
    long completeSince() {
        return completeSince;
    }

    int size() {
        return open.size();
    }

    void put(Visit visit, long now) {
        Entry entry = open.get(visit.key());
        if (entry == null) {
            open.put(visit.key(), entry = new Entry());
        } else if (entry.visit.id() != visit.id() && entry.visit.startedAt() > visit.startedAt()) {
            // An older visit of the same key: the table keeps the latest, so this one stays in the storage alone.
            completeSince = Math.max(completeSince, visit.lastActivity());
            return;
        } else if (entry.visit.id() != visit.id()) {
            completeSince = Math.max(completeSince, entry.visit.lastActivity());
            entry.heardAt = 0;
        }
        entry.visit = visit;
        entry.touchedAt = now;
        if (visit.lastActivity() >= entry.heardAt) {
            unwritten.remove(visit.key());
        }
        while (open.size() > limit) {
            evictEldest();
        }
    }

    /** From now on this key finds that visit too: a cookieless visitor after midnight. */
    void alias(Visit.Key key, Visit.Key visit) {
        aliases.put(key, visit);
    }

    /** A heartbeat that is not worth a write yet. */
    void heard(Visit.Key key, long time, long now) {
        Entry entry = open.get(key);
        if (entry != null) {
            entry.heardAt = Math.max(entry.heardAt, time);
            entry.touchedAt = now;
            unwritten.remove(key);
            unwritten.put(key, entry.heardAt);
        }
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

    private void evictEldest() {
        Iterator<Entry> eldest = open.values().iterator();
        Entry entry = eldest.next();
        eldest.remove();
        left(entry);
    }

    private void left(Entry entry) {
        unwritten.remove(entry.visit.key());
        completeSince = Math.max(completeSince, Math.max(entry.visit.lastActivity(), entry.heardAt));
    }
}
