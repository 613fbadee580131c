package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import java.util.Map;

/**
 * One member of a body as read: what will be a beacon once its site is known, or why it will not ({@link #error()}).
 * Not thread-safe; belongs to whoever read it.
 */
public final class Draft {
    FieldError error;
    int cuts;
    int siteId;
    String site;
    Beacon.Type type = Beacon.Type.PAGEVIEW;
    String id;
    long attempt;
    long age;
    long time;
    boolean trusted;
    String visitorId;
    String sessionId;
    String url;
    String pathname;
    String hostname;
    String referrer;
    String title;
    String language;
    String utmSource;
    String utmMedium;
    String utmCampaign;
    String utmTerm;
    String utmContent;
    String ref;
    int screenWidth;
    int screenHeight;
    String name;
    Map<String, String> props = Map.of();
    Money revenue;
    String view;
    long engagedMillis;
    int scroll;
    String address;
    String userAgent;
    String country;
    String region;
    String city;

    Draft() {}

    /** The same once more, for another site. */
    Draft copy() {
        Draft copy = new Draft();
        copy.error = error;
        copy.type = type;
        copy.url = url;
        copy.referrer = referrer;
        copy.name = name;
        copy.props = props;
        copy.revenue = revenue;
        return copy;
    }

    /** Keeps the first thing that is wrong. */
    void refuse(FieldError problem) {
        error = error == null ? problem : error;
    }

    /** Why this cannot become a beacon, or null. */
    public FieldError error() {
        return error;
    }

    /** How many texts were cut to their limits. */
    public int cuts() {
        return cuts;
    }

    /** The site's id as sent, or 0: then {@link #site()} names it. */
    public int siteId() {
        return siteId;
    }

    /** The site's domain as sent, lower case; null when it was not. */
    public String site() {
        return site;
    }

    /** What kind of thing happened. */
    public Beacon.Type type() {
        return type;
    }

    /** The client's own id of it, or null. */
    public String id() {
        return id;
    }

    /** The host of the page as sent, or null. */
    public String hostname() {
        return hostname;
    }

    /** When it happened as a trusted sender says, UTC milliseconds; 0: not said. */
    public long time() {
        return time;
    }

    /** The client's address as a trusted sender says, or null. */
    public String address() {
        return address;
    }

    /** The visitor's id as sent, or null. */
    public String visitorId() {
        return visitorId;
    }

    /** The visit's id as sent, or null. */
    public String sessionId() {
        return sessionId;
    }

    /** Names the site when the sender has named it in another way. */
    public void siteIs(int id) {
        siteId = id;
    }

    /** Gives an id to what has none; a sender that names its requests may repeat them, so it counts as a repeat. */
    public void identify(String newId) {
        if (id == null) {
            id = newId;
            attempt = Math.max(attempt, 1);
        }
    }

    /**
     * Makes the beacon. What a trusted sender said of the client wins over what is given here.
     *
     * @param site the id of the site that was found
     * @param now UTC milliseconds, for what happened a while ago
     * @param peer the client's address, or null
     * @param agent the client's user agent, or null
     * @param where the client's place
     */
    public Beacon.Builder toBeacon(int site, long now, String peer, String agent, Place where) {
        return Beacon.of(site, type)
                .id(id)
                .repeat(attempt > 0 || age > 0)
                .time(time != 0 ? time : age > 0 ? now - age : 0)
                .trusted(trusted)
                .visitorId(visitorId)
                .sessionId(sessionId)
                .url(url)
                .pathname(pathname)
                .hostname(hostname)
                .referrer(referrer)
                .title(title)
                .language(language)
                .campaign(campaign())
                .ref(ref)
                .screen(screenWidth, screenHeight)
                .name(name)
                .props(props)
                .revenue(revenue)
                .view(view)
                .engagement(engagedMillis, scroll)
                .client(address != null ? address : peer, userAgent != null ? userAgent : agent)
                .place(country != null || region != null || city != null ? new Place(country, region, city) : where);
    }

    private Campaign campaign() {
        boolean none =
                utmSource == null && utmMedium == null && utmCampaign == null && utmTerm == null && utmContent == null;
        return none ? Campaign.NONE : new Campaign(utmSource, utmMedium, utmCampaign, utmTerm, utmContent);
    }
}
