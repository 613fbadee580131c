package io.millrace.engine.spi;

import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.util.List;

/** Visits, hits and batches for tests of storages. */
public final class Samples {
    /** An instant on 2026-03-10, 12:00 UTC. */
    public static final long NOON = 1_773_144_000_000L;

    private Samples() {}

    /** A page view with everything set. */
    public static Event page(Site site, String visitor, String id, String path, long time) {
        return Event.of(site, Beacon.Type.PAGEVIEW, time)
                .id(id)
                .visitor(visitor)
                .hostname("www.example.com")
                .path(path)
                .title("Title of " + path)
                .referrer("https://www.example.net/post?x=1")
                .referrerHost("example.net")
                .source("newsletter")
                .channel("Email")
                .campaign(new Campaign("newsletter", "email", "spring", "term", "content"))
                .place(new Place("DE", "BY", "Munich"))
                .agent(new Agent("Firefox", "145", "Linux", null, "desktop"))
                .language("de-DE")
                .screenWidth(1920)
                .screenHeight(1080)
                .build();
    }

    /** A visit of one page view, as it is right after it. */
    public static Visit visit(long id, String sessionId, Event first) {
        return new Visit(
                id,
                new Visit.Key(first.site().id(), first.visitor(), sessionId),
                first.time(),
                first.time(),
                1,
                0,
                0,
                first.path(),
                first.time(),
                Visit.Origin.of(first),
                List.of());
    }

    /** The visit after another page view of it. */
    public static Visit extended(Visit v, Event e) {
        return new Visit(
                v.id(),
                v.key(),
                v.startedAt(),
                e.time(),
                v.pageViews() + 1,
                v.events(),
                v.engagedMillis(),
                e.path(),
                e.time(),
                v.origin(),
                v.affiliates());
    }

    /** The visit with engaged time. */
    public static Visit engaged(Visit v, long millis) {
        return new Visit(
                v.id(),
                v.key(),
                v.startedAt(),
                v.lastActivity(),
                v.pageViews(),
                v.events(),
                millis,
                v.exitPath(),
                v.exitAt(),
                v.origin(),
                v.affiliates());
    }

    /** A batch of one opened visit and its first page view. */
    public static Batch opening(Visit visit, Event event) {
        return batch(List.of(new Batch.VisitChange(null, visit)), List.of(new Batch.Hit(visit, event)), List.of());
    }

    /** A batch of visits, hits and engagements. */
    public static Batch batch(
            List<Batch.VisitChange> visits, List<Batch.Hit> hits, List<Batch.Engagement> engagements) {
        return new Batch(visits, hits, engagements, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** A batch with an event that does not count. */
    public static Batch filtering(Event event, int epochDay) {
        return new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(FilteredEvent.of(event, epochDay, event.time())),
                List.of(),
                List.of(),
                List.of());
    }

    /** A batch that only counts. */
    public static Batch counting(int siteId, int epochDay, Counter counter, long n) {
        return new Batch(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Batch.LedgerEntry(siteId, epochDay, counter, n)),
                List.of());
    }
}
