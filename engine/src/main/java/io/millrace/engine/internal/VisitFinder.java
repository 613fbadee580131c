package io.millrace.engine.internal;

import io.millrace.engine.Event;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the visit that an event belongs to: among the visits that this batch has touched, those in memory, and only
 * where memory cannot know, in the storage. Of several the one that started last. Lives as long as one batch; changes
 * nothing outside itself.
 */
final class VisitFinder {
    private final VisitTable table;
    private final VisitRules rules;
    private final StorageWriter writer;
    private final LookUps lookUps;
    private final EventKey.Hasher hasher;
    private final Map<Visit.Key, VisitDraft> drafts = new HashMap<>();
    private final Map<Visit.Key, Visit.Key> aliases = new HashMap<>();
    private final Set<EventKey> loadedIds = new HashSet<>();

    VisitFinder(VisitTable table, VisitRules rules, StorageWriter writer, LookUps lookUps, EventKey.Hasher hasher) {
        this.table = table;
        this.rules = rules;
        this.writer = writer;
        this.lookUps = lookUps;
        this.hasher = hasher;
    }

    /** The first draft of each key; more of the same key hang on it. */
    Collection<VisitDraft> drafts() {
        return drafts.values();
    }

    /** Keys that found a visit of yesterday's key. */
    Map<Visit.Key, Visit.Key> aliases() {
        return aliases;
    }

    /** Ids of the events of visits that came from the storage. */
    Set<EventKey> loadedIds() {
        return loadedIds;
    }

    /**
     * The open visit of this event, or null: its own, or one that began before midnight under yesterday's key.
     *
     * @throws LookUps.Spent when only the storage knows and the asker may not ask it any more
     */
    VisitDraft find(Event e, LookUps.Asker asker) {
        Visit.Key key = new Visit.Key(e.site().id(), e.visitor(), e.sessionId());
        VisitDraft found = find(key, e.time(), asker);
        Visit.Key earlier = found == null ? earlier(key, e) : null;
        if (earlier != null) {
            found = find(earlier, e.time(), asker);
            if (found != null) {
                aliases.put(key, earlier);
            }
        }
        return found;
    }

    private Visit.Key earlier(Visit.Key key, Event e) {
        if (e.earlierVisitor() != null) {
            return new Visit.Key(key.siteId(), e.earlierVisitor(), key.sessionId());
        }
        Visit.Key alias = aliases.get(key);
        return alias == null ? table.aliasOf(key) : alias;
    }

    /** A visit that this batch opens. */
    VisitDraft open(Visit visit) {
        return add(null, visit);
    }

    private VisitDraft add(Visit before, Visit now) {
        VisitDraft draft = new VisitDraft(before, now, table.heardAt(now), drafts.get(now.key()));
        drafts.put(now.key(), draft);
        return draft;
    }

    private VisitDraft find(Visit.Key key, long time, LookUps.Asker asker) {
        VisitTable.Entry entry = table.get(key);
        if (entry != null && !touched(entry.visit) && rules.belongs(entry.visit, table.heardAt(entry.visit), time)) {
            add(entry.visit, entry.visit);
        }
        if (mayBeStored(key, entry, time)) {
            load(key, time, asker);
        }
        VisitDraft best = null;
        for (VisitDraft d = drafts.get(key); d != null; d = d.other) {
            if (rules.belongs(d.now, d.heardAt, time) && (best == null || d.now.startedAt() > best.now.startedAt())) {
                best = d;
            }
        }
        return best;
    }

    private boolean touched(Visit visit) {
        for (VisitDraft d = drafts.get(visit.key()); d != null; d = d.other) {
            if (d.now.id() == visit.id()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Memory holds every visit that was active lately, of each key the latest. A visit in memory that has not been
     * active lately may not be the latest of its key.
     */
    private boolean mayBeStored(Visit.Key key, VisitTable.Entry entry, long time) {
        long completeSince = table.completeSince(key);
        if (time - rules.timeout() > completeSince) {
            return false;
        }
        return entry == null
                || entry.visit.lastActivity() <= completeSince
                || time < entry.visit.startedAt() && !rules.belongs(entry.visit, 0, time);
    }

    /** A visit that is over counts for nothing, as if nobody had asked the storage. */
    private boolean isNew(Visit found, long time) {
        return !touched(found) && rules.belongs(found, table.heardAt(found), time);
    }

    private void load(Visit.Key key, long time, LookUps.Asker asker) {
        long activeSince = time - rules.timeout() - VisitRules.HEARTBEAT_WRITE_MILLIS;
        Optional<StorageWriter.Found> found = lookUps.run(
                asker, () -> writer.findVisit(key, time - rules.maxLength(), time + rules.timeout(), activeSince));
        if (found.isPresent() && isNew(found.get().visit(), time)) {
            found.get().recentIds().forEach(id -> loadedIds.add(hasher.key(key.siteId(), id)));
            add(found.get().visit(), found.get().visit());
        }
    }
}
