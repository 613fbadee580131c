package io.millrace.engine.internal;

import com.google.common.base.Strings;
import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Outcome;
import io.millrace.engine.Period;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.Withdrawal;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns the slots of one batch into a {@link Batch}: recognises repeats, finds or opens visits, decides outcomes. It
 * reads the state and writes nothing to it until {@link #commit}, so that it can be thrown away when the write fails.
 */
final class Gathering {
    private static final long REPEAT_MILLIS = 60_000;

    /** Repeats are looked for in a hundred places and more, and honest clients send few. */
    private static final long REPEAT_LOOK_UP_NANOS = 20_000_000;

    private static final long VISIT_LOOK_UP_NANOS = 40_000_000;

    private static final Outcome SHED = new Outcome(Counter.SHED);

    private final State state;
    private final StorageWriter writer;
    private final LookUps repeatLookUps = new LookUps(REPEAT_LOOK_UP_NANOS);
    private final LookUps visitLookUps = new LookUps(VISIT_LOOK_UP_NANOS);
    private final VisitFinder visits;
    private final long now;
    private final List<Slot> slots;
    private final Outcome[] outcomes;
    private final Visit[] touched;
    private final Set<EventKey> newIds = new HashSet<>();
    private final List<Batch.Hit> hits = new ArrayList<>();
    private final Map<String, Batch.Engagement> engagements = new HashMap<>();
    private final List<Batch.AffiliateVisit> affiliateVisits = new ArrayList<>();
    private final List<FilteredEvent> filtered = new ArrayList<>();
    private final List<FilteredEvent> restored = new ArrayList<>();
    private final Map<List<?>, Batch.LedgerEntry> moved = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final LedgerTally tally = new LedgerTally();
    private long lastVisitId;

    Gathering(State state, StorageWriter writer, List<Slot> slots, long now) {
        this.state = state;
        this.writer = writer;
        this.visits = new VisitFinder(state.visits, state.rules, writer, visitLookUps, state.hasher);
        this.now = now;
        this.slots = slots;
        this.outcomes = new Outcome[slots.size()];
        this.touched = new Visit[slots.size()];
        this.lastVisitId = state.lastVisitId;
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = outcome(slots.get(i), i);
            Counter counter = outcomes[i].counter();
            if (slots.get(i).kept != null) {
                restore(slots.get(i).kept, counter);
            } else if (LedgerTally.withBatch(counter)) {
                tally.add(slots.get(i).siteId(), counter, 1);
            }
        }
    }

    Batch batch() {
        List<Batch.VisitChange> changes = new ArrayList<>();
        for (VisitDraft first : visits.drafts()) {
            for (VisitDraft d = first; d != null; d = d.other) {
                if (d.changed()) {
                    changes.add(new Batch.VisitChange(d.before, d.now));
                }
            }
        }
        changes.sort((a, b) -> Long.compare(a.after().id(), b.after().id()));
        return new Batch(
                changes,
                hits,
                List.copyOf(engagements.values()),
                affiliateVisits,
                filtered,
                restored,
                Stream.concat(tally.entries(state.sites, now).stream(), moved.values().stream())
                        .toList(),
                List.copyOf(positions.values()));
    }

    /** What was filtered is something else from now on, on the day on which it came; what cannot be stays as it is. */
    private void restore(FilteredEvent kept, Counter counter) {
        if (LedgerTally.withBatch(counter)) {
            int site = kept.event().site().id();
            restored.add(kept);
            move(site, kept.epochDay(), kept.event().filtered(), -1);
            move(site, kept.epochDay(), counter, 1);
        }
    }

    private void move(int site, int day, Counter counter, long delta) {
        moved.merge(
                List.of(site, day, counter),
                new Batch.LedgerEntry(site, day, counter, delta),
                (a, b) -> new Batch.LedgerEntry(site, day, counter, a.delta() + b.delta()));
    }

    private Outcome outcome(Slot slot, int i) {
        Event e = slot.event;
        if (e == null) {
            return new Outcome(Counter.REJECTED_SITE);
        }
        if (e.position() != null) {
            positions.put(e.position().source(), e.position());
        }
        if (e.filtered() != null) {
            return filter(slot, e.filtered());
        }
        if (watched(slot)
                && (state.watch.found(e.site(), e.visitor(), e.time())
                        || state.watch.found(e.site(), e.earlierVisitor(), e.time()))) {
            return filter(slot, Counter.FILTERED_BEHAVIOUR);
        }
        try {
            return switch (e.type()) {
                case PAGEVIEW, EVENT -> hit(slot, i);
                case ENGAGEMENT -> engagement(slot, i);
                case HEARTBEAT -> heartbeat(slot, i);
            };
        } catch (LookUps.Spent spent) {
            return SHED;
        }
    }

    /** Whether it is looked at what the visitor does: whoever speaks for others and does not say what their agents are is no bot. */
    private static boolean watched(Slot slot) {
        Beacon beacon = slot.beacon;
        return beacon != null
                && slot.event.site().leavesOut(Counter.FILTERED_BEHAVIOUR)
                && beacon.sender() != Beacon.Sender.SERVER
                && !(beacon.trusted() && Strings.nullToEmpty(beacon.userAgent()).isBlank());
    }

    /** Finds out who does what no person does: from now on, and all that he did on that day or in that visit. */
    private void watch(Slot slot, Visit visit) {
        Event e = slot.event;
        boolean hit = e.type() == Beacon.Type.PAGEVIEW || e.type() == Beacon.Type.EVENT;
        if (hit && watched(slot) && state.watch.hit(e.site(), e.visitor(), e.path(), e.time())) {
            Site site = e.site();
            long since = Math.min(visit.startedAt(), site.startOfDay(site.dayOf(e.time())));
            Set<String> names = new HashSet<>(List.of(e.visitor(), visit.key().visitor()));
            Period period = new Period(since, Long.MAX_VALUE);
            state.found.add(new Withdrawal(site.id(), Counter.FILTERED_BEHAVIOUR, period, names, List.of()));
        }
    }

    private Outcome hit(Slot slot, int i) {
        Event e = slot.event;
        if (slot.key != null && known(slot)) {
            return Outcome.DUPLICATE;
        }
        if (e.time() < writer.takesFrom(e.site().id())) {
            return Outcome.TOO_OLD;
        }
        VisitDraft draft = visits.find(e, slot.asker);
        if (slot.key != null && visits.loadedIds().contains(slot.key)) {
            return Outcome.DUPLICATE;
        }
        if (draft == null) {
            draft = visits.open(state.rules.open(++lastVisitId, e));
            credit(e, draft, List.of());
        } else {
            List<Integer> credited = draft.now.affiliates();
            draft.now = state.rules.extend(draft.now, e);
            credit(e, draft, credited);
        }
        if (slot.key != null) {
            newIds.add(slot.key);
            if (e.type() == Beacon.Type.PAGEVIEW) {
                draft.put(slot.key, new Visit.View(e.id(), 0, 0));
            }
        }
        hits.add(new Batch.Hit(draft.now, e));
        touched[i] = draft.now;
        return Outcome.STORED;
    }

    private void credit(Event e, VisitDraft draft, List<Integer> credited) {
        if (e.affiliate() != null && !credited.contains(e.affiliate().id())) {
            affiliateVisits.add(new Batch.AffiliateVisit(e.affiliate(), draft.now, e));
        }
    }

    /**
     * A first attempt is looked for among the recent ids, which costs nothing. What the client calls a repeat, and what counts
     * again long after it came, is also looked for in the storage, around its time, where the recent ids do not reach back that far.
     */
    private boolean known(Slot slot) {
        if (newIds.contains(slot.key) || state.recentIds.contains(slot.key)) {
            return true;
        }
        Event e = slot.event;
        return (e.repeat() || slot.kept != null)
                && e.time() - REPEAT_MILLIS <= state.recentIds.completeSince()
                && repeatLookUps.run(
                        slot.asker,
                        () -> writer.contains(
                                e.site().id(), e.id(), e.time() - REPEAT_MILLIS, e.time() + REPEAT_MILLIS));
    }

    private Outcome engagement(Slot slot, int i) {
        Event e = slot.event;
        VisitDraft draft = visits.find(e, slot.asker);
        Visit.View before = draft == null || slot.key == null ? null : view(draft, slot, e.view());
        if (before == null) {
            return filter(slot, Counter.FILTERED_NO_VISIT);
        }
        Visit.View after = new Visit.View(
                e.view(), Math.max(before.engagedMillis(), e.engagedMillis()), Math.max(before.scroll(), e.scroll()));
        if (!after.equals(before) || e.time() > draft.now.lastActivity()) {
            draft.now = state.rules.engage(draft.now, before, after, e.time());
            draft.put(slot.key, after);
            engagements.put(draft.now.id() + "/" + e.view(), new Batch.Engagement(draft.now, after));
        }
        touched[i] = draft.now;
        return Outcome.STORED;
    }

    private Visit.View view(VisitDraft draft, Slot slot, String id) {
        Visit.View view = draft.views().get(slot.key);
        if (view == null && draft.before != null) {
            view = state.visits.view(draft.before, slot.key, id);
        }
        return view != null || draft.before == null
                ? view
                : visitLookUps
                        .run(slot.asker, () -> writer.findView(draft.before, id))
                        .orElse(null);
    }

    private Outcome heartbeat(Slot slot, int i) {
        Event e = slot.event;
        VisitDraft draft = visits.find(e, slot.asker);
        if (draft == null) {
            return filter(slot, Counter.FILTERED_NO_VISIT);
        }
        if (e.time() >= draft.now.lastActivity() + VisitRules.HEARTBEAT_WRITE_MILLIS) {
            draft.now = state.rules.heard(draft.now, e.time());
        } else {
            draft.heardAt = Math.max(draft.heardAt, e.time());
        }
        touched[i] = draft.now;
        return Outcome.STORED;
    }

    private Outcome filter(Slot slot, Counter reason) {
        Event e = slot.event.filtered() == reason
                ? slot.event
                : EventBuilder.builder(slot.event).filtered(reason).build();
        filtered.add(
                slot.kept == null
                        ? FilteredEvent.of(e, e.site().dayOf(now), now)
                        : FilteredEvent.of(e, slot.kept.epochDay(), slot.kept.since()));
        return new Outcome(reason);
    }

    /** How many events count as stored. */
    int stored() {
        return (int) Stream.of(outcomes)
                .filter(outcome -> outcome.counter() == Counter.STORED)
                .count();
    }

    /** Makes the committed batch the state in memory, counts, and settles the receipts. */
    void commit() {
        state.lastVisitId = lastVisitId;
        for (VisitDraft first : visits.drafts()) {
            for (VisitDraft d = first; d != null; d = d.other) {
                state.visits.put(d.now, d.heardAt, d.views(), now);
            }
        }
        visits.aliases().forEach((key, visit) -> state.visits.alias(key, visit, now));
        visits.loadedIds().forEach(id -> state.recentIds.add(id, now));
        newIds.forEach(id -> state.recentIds.add(id, now));
        state.positions.putAll(positions);
        for (int i = 0; i < outcomes.length; i++) {
            Slot slot = slots.get(i);
            if (slot.kept == null) {
                state.counters.add(outcomes[i].counter(), slot.siteId());
            }
            if (touched[i] != null && slot.kept == null) {
                state.live.touch(touched[i], slot.event.time(), slot.event.type() == Beacon.Type.HEARTBEAT);
                watch(slot, touched[i]);
                state.recent.add(touched[i], slot.event, now);
            }
            slot.settle(outcomes[i]);
        }
    }
}
