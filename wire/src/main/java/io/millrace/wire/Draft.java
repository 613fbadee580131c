package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Campaign;
import io.millrace.engine.ClientHints;
import io.millrace.engine.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * One member of a body as read: what will be a beacon once its site is known, or why it will not ({@link #error()}).
 * Not thread-safe; belongs to whoever read it.
 */
public final class Draft {
    /** What goes into the beacon as it was sent. */
    final BeaconBuilder beacon;

    FieldError error;
    private long seen;
    private List<Cleaned> cleaned = List.of();
    int siteId;
    String site;
    long attempt;
    long age;
    long time;
    String timeField = "time";
    String utmSource;
    String utmMedium;
    String utmCampaign;
    String utmTerm;
    String utmContent;
    String country;
    String region;
    String city;

    Draft() {
        this(Beacon.pageview(0));
    }

    private Draft(BeaconBuilder beacon) {
        this.beacon = beacon;
    }

    /** The same once more, for another site. */
    Draft copy() {
        Draft copy = new Draft(BeaconBuilder.builder(beacon.build()));
        copy.error = error;
        copy.cleaned = new ArrayList<>(cleaned);
        return copy;
    }

    /** Keeps the first thing that is wrong. */
    void refuse(FieldError problem) {
        error = error == null ? problem : error;
    }

    /** Refuses a field that was sent before: nobody knows which one was meant. */
    void once(Enum<?> field, String label) {
        long bit = 1L << field.ordinal();
        if ((seen & bit) != 0) {
            refuse(FieldError.twice(label));
        }
        seen |= bit;
    }

    /** Why this cannot become a beacon, or null. */
    public FieldError error() {
        return error;
    }

    /** Notes what was done to a field; said once for each field and reason. */
    void clean(String field, Cleaned.Reason reason) {
        Cleaned done = new Cleaned(field, reason);
        if (cleaned.isEmpty()) {
            cleaned = new ArrayList<>(2);
        }
        if (!cleaned.contains(done)) {
            cleaned.add(done);
        }
    }

    /** What was cut or left out of what decorates the event, in the order in which it was read. */
    public List<Cleaned> cleaned() {
        return cleaned;
    }

    /** Says of which host the page is, when the sender said a path alone. */
    public void pageHost(String host) {
        beacon.hostname(lacksHost() ? host : beacon.hostname());
    }

    /** Whether it names a page without its host. */
    public boolean lacksHost() {
        String url = beacon.url();
        return beacon.hostname() == null && (url == null ? beacon.pathname() != null : !Urls.isAbsolute(url));
    }

    /** The URL with its host, as far as it is known. */
    private String absoluteUrl() {
        String url = beacon.url();
        if (url == null || beacon.hostname() == null || Urls.isAbsolute(url)) {
            return url;
        }
        return "https://" + beacon.hostname() + (url.startsWith("/") ? url : '/' + url);
    }

    /** The site's id as sent, or 0: then {@link #site()} names it. */
    public int siteId() {
        return siteId;
    }

    /** The site's domain as sent, lower case; null when it was not. */
    public String site() {
        return site;
    }

    /** The client's address as a trusted sender says, or null. */
    public String address() {
        return beacon.address();
    }

    /** Names the site when the sender has named it in another way. */
    public void siteIs(int id) {
        siteId = id;
    }

    /** What the browser says beside its agent; of no use where a sender says another agent. */
    public void hints(ClientHints hints) {
        beacon.hints(beacon.userAgent() == null ? hints : null);
    }

    /** Says that its browser fetches a page ahead, where nothing else is said of who sent it. */
    public void prefetched() {
        beacon.sender(beacon.sender() == null ? Beacon.Sender.PREFETCH : beacon.sender());
    }

    /** Gives an id to what has none; a sender that names its requests may repeat them, so it counts as a repeat. */
    public void identify(String newId) {
        if (beacon.id() == null) {
            beacon.id(newId);
            attempt = Math.max(attempt, 1);
        }
    }

    /**
     * Makes the beacon. What a trusted sender said of the client wins over what is given here; a time that is still to
     * come becomes {@code now}, and {@link #cleaned()} says so.
     *
     * @param site the id of the site that was found
     * @param now UTC milliseconds
     * @param peer the client's address, or null
     * @param agent the client's user agent, or null
     * @param where the client's place
     */
    public BeaconBuilder toBeacon(int site, long now, String peer, String agent, Place where) {
        if (time > now) {
            time = now;
            clean(timeField, Cleaned.Reason.CUT);
        }
        if (beacon.trusted() && beacon.userAgent() == null && beacon.sender() == null) {
            beacon.sender(Beacon.Sender.SERVER);
        }
        return beacon.siteId(site)
                .repeat(attempt > 0 || age > 0)
                .time(time != 0 ? time : age > 0 ? now - age : 0)
                .url(absoluteUrl())
                .campaign(campaign())
                .address(beacon.address() != null ? beacon.address() : peer)
                .userAgent(beacon.userAgent() != null ? beacon.userAgent() : agent)
                .place(country != null || region != null || city != null ? Place.of(country, region, city) : where);
    }

    private Campaign campaign() {
        boolean none =
                utmSource == null && utmMedium == null && utmCampaign == null && utmTerm == null && utmContent == null;
        return none ? Campaign.NONE : new Campaign(utmSource, utmMedium, utmCampaign, utmTerm, utmContent);
    }
}
