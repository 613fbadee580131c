package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.Past;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.StorageWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes one batch of what was counted elsewhere. A visit is the one that is stored when visitor, session and start are the same: then
 * only the hits are added that it does not have yet, so that the same visit may come in parts, again, and later with more.
 * Changes nothing until {@link #commit}. Lives as long as one batch.
 */
final class Bringing {
    /** So many visits may be; a number of a page view has the rest of the bits. */
    private static final long MOST_VISITS = 1L << 40;

    private final State state;
    private final StorageWriter writer;
    private final Past past;
    private final long now;
    private final Map<Long, Batch.VisitChange> changes = new HashMap<>();
    private final Map<Visit.Key, List<Visit>> latest = new HashMap<>();
    private final List<Batch.Hit> hits = new ArrayList<>();
    private final List<Batch.Engagement> engagements = new ArrayList<>();
    private final List<Batch.AffiliateVisit> affiliateVisits = new ArrayList<>();
    private long lastVisitId;
    private int known;
    private int tooOld;

    Bringing(State state, StorageWriter writer, Past past, long now) {
        this.state = state;
        this.writer = writer;
        this.past = past;
        this.now = now;
        this.lastVisitId = state.lastVisitId;
        past.visits().forEach(this::bring);
    }

    /** Stores it. */
    static Past.Brought run(State state, StorageWriter writer, Past past, long now) {
        Bringing bringing = new Bringing(state, writer, past, now);
        Batch batch = bringing.batch();
        if (!batch.isEmpty()) {
            writer.write(batch);
        }
        return bringing.commit();
    }

    private void bring(PastVisit part) {
        Visit told = part.visit();
        if (told.startedAt() < writer.takesFrom(told.key().siteId())) {
            tooOld += part.hits().size();
            return;
        }
        Visit before = stored(told);
        if (before == null && part.hits().isEmpty()) {
            return;
        }
        Visit visit = before == null ? opened(told) : before;
        int page = part.pages();
        int event = part.events();
        boolean read = false;
        for (Event hit : part.hits()) {
            boolean isPage = hit.type() == Beacon.Type.PAGEVIEW;
            int place = isPage ? page++ : event++;
            boolean isKnown = place < (isPage ? visit.pageViews() : visit.events());
            if (isKnown) {
                known++;
            } else {
                visit = isPage ? visit.withPageViews(place + 1) : visit.withEvents(place + 1);
                hits.add(new Batch.Hit(visit, hit));
            }
            if (isPage && hit.id() != null) {
                read |= engage(visit, hit, isKnown);
            }
        }
        visit = later(credited(part, visit), told);
        if (read || !visit.equals(before)) {
            put(before, visit);
        }
    }

    /** Whether a page view was read longer or further than is stored. */
    private boolean engage(Visit visit, Event hit, boolean isKnown) {
        Visit.View told = new Visit.View(hit.id(), hit.engagedMillis(), hit.scroll());
        Visit.View before = isKnown ? writer.findView(visit, hit.id()).orElse(told) : new Visit.View(hit.id(), 0, 0);
        if (told.engagedMillis() <= before.engagedMillis() && told.scroll() <= before.scroll()) {
            return false;
        }
        engagements.add(new Batch.Engagement(visit, told));
        return true;
    }

    /** With the number that it had, where all numbers so far are smaller. */
    private Visit opened(Visit told) {
        lastVisitId = told.id() > lastVisitId && told.id() < MOST_VISITS ? told.id() : lastVisitId + 1;
        return told.with()
                .id(lastVisitId)
                .pageViews(0)
                .events(0)
                .affiliates(List.of())
                .build();
    }

    private Visit stored(Visit told) {
        for (Visit visit : latest.getOrDefault(told.key(), List.of())) {
            if (visit.startedAt() == told.startedAt()) {
                return visit;
            }
        }
        VisitTable.Entry open = state.visits.get(told.key());
        if (open != null && open.visit.startedAt() == told.startedAt()) {
            return open.visit;
        }
        Optional<StorageWriter.Found> found =
                writer.findVisit(told.key(), told.startedAt(), told.startedAt(), Long.MIN_VALUE);
        return found.map(StorageWriter.Found::visit).orElse(null);
    }

    private Visit credited(PastVisit part, Visit visit) {
        Set<Integer> credited = new TreeSet<>(visit.affiliates());
        for (PastVisit.Touch touch : part.touches()) {
            if (credited.add(touch.affiliate().id())) {
                Event named = Event.of(state.sites.byId(visit.key().siteId()), Beacon.Type.PAGEVIEW, touch.time())
                        .path(touch.landing())
                        .build();
                affiliateVisits.add(new Batch.AffiliateVisit(touch.affiliate(), visit, named));
            }
        }
        return visit.withAffiliates(List.copyOf(credited));
    }

    private static Visit later(Visit visit, Visit told) {
        boolean exit = told.exitPath() != null && (visit.exitPath() == null || told.exitAt() >= visit.exitAt());
        return visit.with()
                .lastActivity(Math.max(visit.lastActivity(), told.lastActivity()))
                .engagedMillis(Math.max(visit.engagedMillis(), told.engagedMillis()))
                .exitPath(exit ? told.exitPath() : visit.exitPath())
                .exitAt(exit ? told.exitAt() : visit.exitAt())
                .build();
    }

    private void put(Visit before, Visit after) {
        Batch.VisitChange first = changes.get(after.id());
        changes.put(after.id(), new Batch.VisitChange(first == null ? before : first.before(), after));
        List<Visit> ofKey = latest.computeIfAbsent(after.key(), key -> new ArrayList<>());
        ofKey.removeIf(visit -> visit.id() == after.id());
        ofKey.add(after);
    }

    Batch batch() {
        List<Batch.VisitChange> visits = new ArrayList<>(changes.values());
        visits.sort((a, b) -> Long.compare(a.after().id(), b.after().id()));
        return new Batch(
                visits,
                hits,
                engagements,
                affiliateVisits,
                past.filtered(),
                List.of(),
                past.ledger(),
                past.position() == null ? List.of() : List.of(past.position()));
    }

    /** Makes the committed batch the state in memory. */
    Past.Brought commit() {
        state.lastVisitId = lastVisitId;
        for (Batch.VisitChange change : changes.values()) {
            state.visits.put(change.after(), 0, Map.of(), now);
        }
        for (Batch.Hit hit : hits) {
            if (hit.event().id() != null) {
                state.recentIds.add(state.hasher.key(hit.event()), now);
            }
        }
        if (past.position() != null) {
            state.positions.put(past.position().source(), past.position());
        }
        return new Past.Brought(hits.size(), known, tooOld);
    }
}
