package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Event;
import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.List;

/** What opens, extends and ends a visit: pure functions, and the only place that knows. See {@code docs/figures.md}. */
final class VisitRules {
    /** A visit's last activity is written once so often while only heartbeats come. */
    static final long HEARTBEAT_WRITE_MILLIS = 60_000;

    private final long timeout;
    private final long maxLength;

    VisitRules(EngineSettings settings) {
        timeout = settings.visitTimeout().toMillis();
        maxLength = settings.visitMaxLength().toMillis();
    }

    long timeout() {
        return timeout;
    }

    /** Events so long before a visit's start may still be late ones of it, and so long after it never are. */
    long maxLength() {
        return maxLength;
    }

    /**
     * Whether an event of this instant belongs to the visit. A late event may lie before its start: it extends the
     * visit all the same.
     *
     * @param heardAt the latest heartbeat, 0 for none
     */
    boolean belongs(Visit visit, long heardAt, long time) {
        return time <= Math.max(visit.lastActivity(), heardAt) + timeout
                && time >= visit.startedAt() - timeout
                && time < visit.startedAt() + maxLength;
    }

    /** The visit that a page view or custom event opens. */
    Visit open(long id, Event e) {
        Visit.Key key = new Visit.Key(e.site().id(), e.visitor(), e.sessionId());
        Visit nothing = new Visit(id, key, e.time(), e.time(), 0, 0, 0, null, 0, Visit.Origin.of(e), List.of());
        return extend(nothing, e);
    }

    /** The visit after another page view or custom event. */
    Visit extend(Visit v, Event e) {
        boolean page = e.type() == Beacon.Type.PAGEVIEW;
        boolean exit = page && (v.exitPath() == null || e.time() >= v.exitAt());
        return new Visit(
                v.id(),
                v.key(),
                v.startedAt(),
                Math.max(v.lastActivity(), e.time()),
                v.pageViews() + (page ? 1 : 0),
                v.events() + (page ? 0 : 1),
                v.engagedMillis(),
                exit ? e.path() : v.exitPath(),
                exit ? e.time() : v.exitAt(),
                page && v.origin().entryPath() == null ? v.origin().withEntryPath(e.path()) : v.origin(),
                e.affiliate() == null
                        ? v.affiliates()
                        : with(v.affiliates(), e.affiliate().id()));
    }

    /** The visit after a page view's engagement grew. */
    Visit engage(Visit v, Visit.View before, Visit.View after, long time) {
        return heard(v, time).withEngagedMillis(v.engagedMillis() + after.engagedMillis() - before.engagedMillis());
    }

    /** The visit after a sign of life. */
    Visit heard(Visit v, long time) {
        return v.withLastActivity(Math.max(v.lastActivity(), time));
    }

    private static List<Integer> with(List<Integer> ids, int id) {
        if (ids.contains(id)) {
            return ids;
        }
        List<Integer> more = new ArrayList<>(ids);
        more.add(id);
        return List.copyOf(more);
    }
}
