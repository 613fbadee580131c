package io.millrace.engine;

import io.millrace.engine.spi.HeapSize;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Objects;

/**
 * A beacon after enrichment: what a storage stores. Immutable; it holds neither the client's address nor its raw user agent.
 *
 * @param site the site that it belongs to
 * @param type what kind of thing happened
 * @param time when it happened, UTC milliseconds
 * @param id the client's id of this event, or null
 * @param repeat whether the client says that it may have sent this before
 * @param visitor who: a client id as sent, or the keyed hash (16 hexadecimal digits) of a cookieless visitor
 * @param earlierVisitor shortly after a site's midnight: the same visitor under yesterday's salt; else null
 * @param sessionId the client's own id of the visit, 1 to 64 characters, or null
 * @param hostname the page's host name; wins over that of the URL; or null
 * @param path the URL's path, {@code /} for empty, with only the query parameters that the site keeps
 * @param title the page's title, or null
 * @param referrer the full address that the visitor came from, or null
 * @param referrerHost the referrer's host without {@code www.}, or null; a site's own hosts are not referrers
 * @param source {@code utm_source}, else the referrer's host, else {@code Direct}
 * @param channel the group that source and medium belong to
 * @param campaign the campaign of its URL or fields; never null
 * @param affiliate the affiliate that it names, or null
 * @param place where the visitor is; never null
 * @param agent what the user agent names; never null
 * @param language the browser's language tag, or null
 * @param screenWidth of the screen, in pixels; 0: not known
 * @param screenHeight of the screen, in pixels; 0: not known
 * @param name a custom event's name, or null
 * @param props a custom event's properties; never null
 * @param revenue a custom event's unverified revenue, or null
 * @param view engagement: the id of the page view it speaks of
 * @param engagedMillis engagement: visible and focused milliseconds so far
 * @param scroll engagement: greatest scroll so far, 0 to 100
 * @param filtered why it does not count, one of the {@code FILTERED_} counters, or null when it counts
 * @param excluded by which rule of the site it does not count, or null
 * @param position where in a file it was read, or null
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record Event(
        Site site,
        Beacon.Type type,
        long time,
        String id,
        boolean repeat,
        String visitor,
        String earlierVisitor,
        String sessionId,
        String hostname,
        String path,
        String title,
        String referrer,
        String referrerHost,
        String source,
        String channel,
        Campaign campaign,
        Affiliate affiliate,
        Place place,
        Agent agent,
        String language,
        int screenWidth,
        int screenHeight,
        String name,
        Map<String, String> props,
        Money revenue,
        String view,
        long engagedMillis,
        int scroll,
        Counter filtered,
        Excluded excluded,
        Position position) {

    /**
     * By which {@link Exclusion} an event does not count.
     *
     * @param kept whether it is kept, so that it counts when the rule goes: there is nothing else against it
     */
    public record Excluded(int id, boolean kept) {}

    /** @throws NullPointerException without a part that is never null */
    public Event {
        Objects.requireNonNull(site);
        Objects.requireNonNull(type);
        Objects.requireNonNull(campaign);
        Objects.requireNonNull(place);
        Objects.requireNonNull(agent);
        Objects.requireNonNull(props);
    }

    /**
     * Starts an event of which nothing else is known.
     *
     * @param time when it happened, UTC milliseconds
     */
    public static EventBuilder of(Site site, Beacon.Type type, long time) {
        return EventBuilder.builder()
                .site(site)
                .type(type)
                .time(time)
                .campaign(Campaign.NONE)
                .place(Place.UNKNOWN)
                .agent(Agent.UNKNOWN)
                .props(Map.of());
    }

    /** About how many bytes of heap this event holds in the ring, where it came without a beacon. */
    public int weight() {
        return Beacon.FIXED_BYTES
                + HeapSize.of(id)
                + HeapSize.of(visitor)
                + HeapSize.of(earlierVisitor)
                + HeapSize.of(sessionId)
                + HeapSize.of(hostname)
                + HeapSize.of(path)
                + HeapSize.of(title)
                + HeapSize.of(referrer)
                + HeapSize.of(referrerHost)
                + HeapSize.of(source)
                + HeapSize.of(channel)
                + HeapSize.of(campaign)
                + HeapSize.of(place)
                + HeapSize.of(agent)
                + HeapSize.of(language)
                + HeapSize.of(name)
                + HeapSize.of(view)
                + HeapSize.of(props);
    }

    @Override
    public String toString() {
        return type + " of site " + site.id() + (id == null ? "" : " " + id);
    }
}
