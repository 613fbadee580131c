package io.millrace.engine;

import io.millrace.engine.spi.HeapSize;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Objects;

/**
 * What a client says happened, before anything is derived from it. Immutable; made by a front-end or by an embedding
 * program with a builder.
 *
 * <p>A beacon is already well-formed: front-ends check lengths and required fields, because only they can name the
 * field to the client. {@code null} stands for "not sent" in every optional part; times are UTC milliseconds.
 *
 * @param siteId the site that it is about
 * @param type what kind of thing happened
 * @param id the client's own id of this event, 1 to 36 characters, or null: then a repeat cannot be recognised
 * @param repeat whether the client says that it may have sent this before (a retry, or an event kept while offline)
 * @param time when it happened, UTC milliseconds; 0: when the engine takes it
 * @param trusted whether the sender may give times of any age (replay, import, a sender with a key)
 * @param sender what the request says of who sent it
 * @param visitorId the client's own id of the visitor, 1 to 64 characters, or null
 * @param sessionId the client's own id of the visit, 1 to 64 characters, or null
 * @param url the page's full address, or null
 * @param pathname the page's path; wins over that of the URL; or null
 * @param hostname the page's host name; wins over that of the URL; or null
 * @param referrer the full address that the visitor came from, or null
 * @param title the page's title, or null
 * @param language the browser's language tag, or null
 * @param campaign campaign fields as sent; those in the URL are read where these are absent
 * @param ref an affiliate's slug, as sent
 * @param screenWidth of the screen, in pixels; 0: not sent
 * @param screenHeight of the screen, in pixels; 0: not sent
 * @param name a custom event's name
 * @param props a custom event's properties, flat; never null
 * @param revenue a custom event's unverified revenue, or null
 * @param view engagement: the id of the page view it speaks of
 * @param engagedMillis engagement: visible and focused milliseconds so far
 * @param scroll engagement: greatest scroll so far, 0 to 100
 * @param address the client's address; never stored
 * @param userAgent the client's user agent; never stored raw
 * @param agent what the client's agent is, where the sender knows that and not what the agent says of itself; or null
 * @param hints what the client's browser says beside it, or null; never stored
 * @param place where the client is, as a trusted proxy said; never null
 * @param position where in a file it was read, or null: the position is stored in the same transaction as the beacon
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record Beacon(
        int siteId,
        Type type,
        String id,
        boolean repeat,
        long time,
        boolean trusted,
        Sender sender,
        String visitorId,
        String sessionId,
        String url,
        String pathname,
        String hostname,
        String referrer,
        String title,
        String language,
        Campaign campaign,
        String ref,
        int screenWidth,
        int screenHeight,
        String name,
        Map<String, String> props,
        Money revenue,
        String view,
        long engagedMillis,
        int scroll,
        String address,
        String userAgent,
        Agent agent,
        ClientHints hints,
        Place place,
        Position position) {

    /** What kind of thing happened. */
    public enum Type {
        /** A page was shown. */
        PAGEVIEW,
        /** The site's own event, with a name and perhaps properties. */
        EVENT,
        /** "Still here": keeps a visitor live and a visit open. */
        HEARTBEAT,
        /** Totals so far of one page view: visible and focused time, greatest scroll. */
        ENGAGEMENT
    }

    /** What a request says of who sent it. */
    public enum Sender {
        /** Nothing; a browser, as a rule. */
        BROWSER,
        /** The client says itself that a program drives it. */
        PROGRAM,
        /** The browser says that it fetches the page before anybody asks for it. */
        PREFETCH,
        /** A server with a key that speaks for visitors and does not say what their agents are: no bot. */
        SERVER
    }

    /** Of the beacon, its event, its part in a batch, and a new visit, without their texts. */
    static final int FIXED_BYTES = 768;

    /** @throws NullPointerException without a type */
    public Beacon {
        Objects.requireNonNull(type);
        sender = sender == null ? Sender.BROWSER : sender;
        campaign = campaign == null ? Campaign.NONE : campaign;
        props = props == null ? Map.of() : Map.copyOf(props);
        place = place == null ? Place.UNKNOWN : place;
    }

    /** Starts a page view of this site. */
    public static BeaconBuilder pageview(int siteId) {
        return of(siteId, Type.PAGEVIEW);
    }

    /** Starts a custom event of this site, with its name. */
    public static BeaconBuilder event(int siteId, String name) {
        return of(siteId, Type.EVENT).name(name);
    }

    /** Starts a beacon of any type. */
    public static BeaconBuilder of(int siteId, Type type) {
        return BeaconBuilder.builder().siteId(siteId).type(type);
    }

    /** About how many bytes of heap this beacon and its event hold: what the ring is bounded by beside its slots. */
    public int weight() {
        return FIXED_BYTES
                + HeapSize.of(id)
                + HeapSize.of(visitorId)
                + HeapSize.of(sessionId)
                + 2 * HeapSize.of(url) // the event's path and host are cut out of it
                + HeapSize.of(pathname)
                + HeapSize.of(hostname)
                + 2 * HeapSize.of(referrer)
                + HeapSize.of(title)
                + HeapSize.of(language)
                + HeapSize.of(ref)
                + HeapSize.of(name)
                + HeapSize.of(view)
                + HeapSize.of(address)
                + HeapSize.of(userAgent)
                + (agent == null ? 0 : HeapSize.of(agent))
                + HeapSize.of(hints)
                + HeapSize.of(campaign)
                + HeapSize.of(place)
                + HeapSize.of(props);
    }

    @Override
    public String toString() {
        return type + " of site " + siteId + (id == null ? "" : " " + id);
    }
}
