package io.millrace.engine.internal;

import io.millrace.engine.Event;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the visit that an event belongs to: among the visits that this batch has touched, those in memory, and only
 * where memory cannot know, in the storage. Lives as long as one batch; changes nothing outside itself.
 */
final class VisitFinder {
    private final VisitTable table;
    private final VisitRules rules;
    private final StorageWriter writer;
    private final Map<Visit.Key, Draft> drafts = new HashMap<>();
    private final Map<Visit.Key, Visit.Key> aliases = new HashMap<>();
    private final Map<Visit.Key, Long> heardAt = new HashMap<>();
    private final Set<String> idsLoaded = new HashSet<>();

    VisitFinder(VisitTable table, VisitRules rules, StorageWriter writer) {
        this.table = table;
        this.rules = rules;
        this.writer = writer;
    }

    Map<Visit.Key, Draft> drafts() {
        return drafts;
    }

    Map<Visit.Key, Visit.Key> aliases() {
        return aliases;
    }

    Map<Visit.Key, Long> heardAt() {
        return heardAt;
    }

    /** Whether a visit that was just loaded from the storage holds this event already. */
    boolean loaded(int siteId, String id) {
        return idsLoaded.contains(siteId + "/" + id);
    }

    /** The open visit of this event, or null. */
    Draft find(Event e) {
        Visit.Key key = new Visit.Key(e.site().id(), e.visitor(), e.sessionId());
        Draft found = find(aliases.getOrDefault(key, key), e.time());
        if (found == null && e.earlierVisitor() != null) {
            found = find(new Visit.Key(e.site().id(), e.earlierVisitor(), e.sessionId()), e.time());
            if (found != null) {
                aliases.put(key, found.now.key());
            }
        }
        return found;
    }

    /** A visit that this batch opens. */
    Draft open(Visit visit) {
        return add(null, visit);
    }

    private Draft add(Visit before, Visit now) {
        Draft draft = new Draft(before, now, drafts.get(now.key()));
        drafts.put(now.key(), draft);
        return draft;
    }

    private Draft find(Visit.Key key, long time) {
        Draft best = null;
        for (Draft d = drafts.get(key); d != null; d = d.other) {
            if (rules.belongs(d.now, heardAt.getOrDefault(key, 0L), time) && later(d, best)) {
                best = d;
            }
        }
        if (best != null) {
            return best;
        }
        VisitTable.Entry entry = table.get(key);
        if (entry != null && !touched(entry.visit) && rules.belongs(entry.visit, entry.heardAt, time)) {
            return add(entry.visit, entry.visit);
        }
        return mayBeStored(key, entry, time) ? load(key, time) : null;
    }

    private static boolean later(Draft d, Draft best) {
        return best == null || d.now.startedAt() > best.now.startedAt();
    }

    private boolean touched(Visit visit) {
        for (Draft d = drafts.get(visit.key()); d != null; d = d.other) {
            if (d.now.id() == visit.id()) {
                return true;
            }
        }
        return false;
    }

    /** Memory holds the latest visit of a key, and every visit that was active lately. */
    private boolean mayBeStored(Visit.Key key, VisitTable.Entry entry, long time) {
        if (time - rules.timeout() > table.completeSince()) {
            return false;
        }
        return entry == null || time < entry.visit.startedAt();
    }

    private Draft load(Visit.Key key, long time) {
        Optional<StorageWriter.Found> found =
                writer.findVisit(key, time - rules.maxLength(), time + rules.timeout(), time - rules.timeout());
        if (found.isEmpty()
                || touched(found.get().visit())
                || !rules.belongs(found.get().visit(), 0, time)) {
            return null;
        }
        found.get().recentIds().forEach(id -> idsLoaded.add(key.siteId() + "/" + id));
        return add(found.get().visit(), found.get().visit());
    }
}
