package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Campaign;
import io.millrace.engine.HostNames;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.UrlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One member of a body as read: what will be a beacon once its site is known, or why it will not ({@link #error()}).
 * Not thread-safe; belongs to whoever read it.
 */
public final class Draft {
    FieldError error;
    long seen;
    private List<Cleaned> cleaned = List.of();
    int siteId;
    String site;
    Beacon.Type type = Beacon.Type.PAGEVIEW;
    String id;
    long attempt;
    long age;
    long time;
    boolean trusted;
    boolean bot;
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
        copy.cleaned = new ArrayList<>(cleaned);
        copy.type = type;
        copy.url = url;
        copy.pathname = pathname;
        copy.hostname = hostname;
        copy.bot = bot;
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
        hostname = lacksHost() ? host : hostname;
    }

    /** Whether it names a page without its host. */
    public boolean lacksHost() {
        return hostname == null && (url == null ? pathname != null : !Rules.isAbsolute(url));
    }

    /** The URL with its host, as far as it is known. */
    private String absoluteUrl() {
        if (url == null || hostname == null || Rules.isAbsolute(url)) {
            return url;
        }
        return "https://" + hostname + (url.startsWith("/") ? url : '/' + url);
    }

    /** The host of the URL, or null. */
    String urlHost() {
        if (url == null || !Rules.isAbsolute(url)) {
            return null;
        }
        int from = url.indexOf("://") + 3;
        return HostNames.of(url.substring(from, UrlText.first(url, "/?#", from)));
    }

    /** Makes the fragment of the URL a part of the path, for applications whose routes are fragments. */
    void routeByFragment() {
        int hash = url == null || pathname != null ? -1 : url.indexOf('#');
        if (hash >= 0) {
            int from = Rules.isAbsolute(url) ? UrlText.first(url, "/?#", url.indexOf("://") + 3) : 0;
            pathname = url.substring(from, UrlText.first(url, "?#", from)) + url.substring(hash);
        }
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
    public BeaconBuilder toBeacon(int site, long now, String peer, String agent, Place where) {
        return Beacon.of(site, type)
                .id(id)
                .repeat(attempt > 0 || age > 0)
                .time(time != 0 ? time : age > 0 ? now - age : 0)
                .trusted(trusted)
                .bot(bot)
                .visitorId(visitorId)
                .sessionId(sessionId)
                .url(absoluteUrl())
                .pathname(pathname)
                .hostname(hostname)
                .referrer(referrer)
                .title(title)
                .language(language)
                .campaign(campaign())
                .ref(ref)
                .screenWidth(screenWidth)
                .screenHeight(screenHeight)
                .name(name)
                .props(props)
                .revenue(revenue)
                .view(view)
                .engagedMillis(engagedMillis)
                .scroll(scroll)
                .address(address != null ? address : peer)
                .userAgent(userAgent != null ? userAgent : agent)
                .place(country != null || region != null || city != null ? new Place(country, region, city) : where);
    }

    private Campaign campaign() {
        boolean none =
                utmSource == null && utmMedium == null && utmCampaign == null && utmTerm == null && utmContent == null;
        return none ? Campaign.NONE : new Campaign(utmSource, utmMedium, utmCampaign, utmTerm, utmContent);
    }
}
