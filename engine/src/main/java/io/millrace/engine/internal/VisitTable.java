package io.millrace.engine.internal;

import io.millrace.engine.Visit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest visit of each key that is still open, least recently touched first; bounded. The store thread's, and
 * changed only after the commit that holds the change.
 */
final class VisitTable {

    /** A visit in memory. */
    static final class Entry {
        private final LatestViews views = new LatestViews();
        Visit visit;
        long touchedAt;
    }

    /** A visit, and a heartbeat of it that is not written yet. */
    record Beat(Visit visit, long heardAt) {}

    /** Another key of a visit, which holds as long as the visit may go on, in memory or not. */
    private record Alias(Visit.Key visit, long since) {}

    private final int limit;
    private final long maxLength;
    private final Map<Visit.Key, Entry> open = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<Visit.Key, Alias> aliases = new LinkedHashMap<>();
    private final Map<Long, Beat> unwritten = new LinkedHashMap<>();
    private long completeSince;

    /**
     * @param limit visits at most
     * @param maxLength how long a visit may go on, milliseconds
     */
    VisitTable(int limit, long maxLength, long now) {
        this.limit = limit;
        this.maxLength = maxLength;
        this.completeSince = now;
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

    /** A visit that is not here has not been active after this instant. */
    long completeSince() {
        return completeSince;
    }

    /**
     * Takes a visit's committed state.
     *
     * @param heardAt its latest heartbeat that is not written; 0: none
     * @param views engagement of its page views that has changed
     */
    void put(Visit visit, long heardAt, Map<EventKey, Visit.View> views, long now) {
        hear(visit, heardAt);
        Entry entry = open.computeIfAbsent(visit.key(), key -> new Entry());
        boolean another = entry.visit != null && entry.visit.id() != visit.id();
        if (another) {
            // The table keeps the latest visit of a key; the other one is in the storage alone from now on.
            Visit leaving = entry.visit.startedAt() > visit.startedAt() ? visit : entry.visit;
            completeSince = Math.max(completeSince, leaving.lastActivity());
            if (leaving == visit) {
                return;
            }
            entry.views.clear();
        }
        entry.visit = visit;
        entry.touchedAt = now;
        views.forEach(entry.views::put);
        while (open.size() > limit) {
            evictEldest();
        }
    }

    /** Engagement of a page view of this visit, which the client calls {@code id}; null: not in memory. */
    Visit.View view(Visit visit, EventKey key, String id) {
        Entry entry = open.get(visit.key());
        return entry == null || entry.visit.id() != visit.id() ? null : entry.views.get(key, id);
    }

    private void hear(Visit visit, long heardAt) {
        unwritten.remove(visit.id());
        if (heardAt > visit.lastActivity()) {
            unwritten.put(visit.id(), new Beat(visit, heardAt));
        }
    }

    /** The latest heartbeat of a visit that is not written; 0: none. */
    long heardAt(Visit visit) {
        Beat beat = unwritten.get(visit.id());
        return beat == null ? 0 : beat.heardAt;
    }

    /** From now on this key finds that visit too: a cookieless visitor after midnight. */
    void alias(Visit.Key key, Visit.Key visit, long now) {
        aliases.putIfAbsent(key, new Alias(visit, now));
        if (aliases.size() > limit) {
            aliases.remove(aliases.keySet().iterator().next());
        }
    }

    /** Heartbeats that are not written and came before this instant. */
    List<Beat> unwrittenBefore(long instant) {
        return unwritten.values().stream()
                .filter(beat -> beat.heardAt < instant)
                .toList();
    }

    /** The heartbeats of these visits are written. */
    void written(List<Visit> heard) {
        for (Visit visit : heard) {
            unwritten.remove(visit.id());
            Entry entry = open.get(visit.key());
            if (entry != null && entry.visit.id() == visit.id()) {
                entry.visit = visit;
            } else {
                completeSince = Math.max(completeSince, visit.lastActivity());
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
            left(entry);
        }
        Iterator<Alias> oldest = aliases.values().iterator();
        while (oldest.hasNext() && oldest.next().since < touchedBefore - maxLength) {
            oldest.remove();
        }
    }

    void removeSite(int siteId) {
        open.keySet().removeIf(key -> key.siteId() == siteId);
        unwritten.values().removeIf(beat -> beat.visit.key().siteId() == siteId);
    }

    void removeVisitor(int siteId, String visitor) {
        open.keySet().removeIf(key -> isOf(key, siteId, visitor));
        unwritten.values().removeIf(beat -> isOf(beat.visit.key(), siteId, visitor));
        aliases.entrySet()
                .removeIf(alias ->
                        isOf(alias.getKey(), siteId, visitor) || isOf(alias.getValue().visit, siteId, visitor));
    }

    private static boolean isOf(Visit.Key key, int siteId, String visitor) {
        return key.siteId() == siteId && key.visitor().equals(visitor);
    }

    private void evictEldest() {
        Iterator<Entry> eldest = open.values().iterator();
        Entry entry = eldest.next();
        eldest.remove();
        left(entry);
    }

    private void left(Entry entry) {
        completeSince = Math.max(completeSince, Math.max(entry.visit.lastActivity(), heardAt(entry.visit)));
    }
}
