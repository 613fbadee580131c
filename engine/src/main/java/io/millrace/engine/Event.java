package io.millrace.engine;

import java.util.Map;
import java.util.Objects;

/**
 * A beacon after enrichment: what a storage stores. It holds neither the client's address nor its raw user agent.
 *
 * <p>The enrich thread fills it and hands it over; from then on it is read-only and may be kept. The setters are for
 * {@link io.millrace.engine.spi.Enrichment} and for front-ends that read events back (dead letters).
 */
public final class Event {
    private final Site site;
    private final Beacon.Type type;
    private final long time;
    private String id;
    private boolean repeat;
    private String visitor;
    private String earlierVisitor;
    private String sessionId;
    private String hostname;
    private String path;
    private String title;
    private String referrer;
    private String referrerHost;
    private String source;
    private String channel;
    private Campaign campaign = Campaign.NONE;
    private Affiliate affiliate;
    private Place place = Place.UNKNOWN;
    private Agent agent = Agent.UNKNOWN;
    private String language;
    private int screenWidth;
    private int screenHeight;
    private String name;
    private Map<String, String> props = Map.of();
    private Money revenue;
    private String view;
    private long engagedMillis;
    private int scroll;
    private Counter filtered;
    private Position position;

    /**
     * @param site the site it belongs to
     * @param time when it happened, UTC milliseconds
     */
    public Event(Site site, Beacon.Type type, long time) {
        this.site = Objects.requireNonNull(site);
        this.type = Objects.requireNonNull(type);
        this.time = time;
    }

    /** The site that it belongs to. */
    public Site site() {
        return site;
    }

    /** What kind of thing happened. */
    public Beacon.Type type() {
        return type;
    }

    /** When it happened, UTC milliseconds. */
    public long time() {
        return time;
    }

    /** The client's id of this event, or null. */
    public String id() {
        return id;
    }

    /** Whether the client says that it may have sent this before. */
    public boolean repeat() {
        return repeat;
    }

    /** Who: a client id as sent, or the keyed hash (16 hexadecimal digits) of a cookieless visitor. */
    public String visitor() {
        return visitor;
    }

    /** Shortly after a site's midnight: the same visitor under yesterday's salt; else null. */
    public String earlierVisitor() {
        return earlierVisitor;
    }

    /** The client's own id of the visit, 1 to 64 characters, or null. */
    public String sessionId() {
        return sessionId;
    }

    /** The page's host name; wins over that of the URL. Or null. */
    public String hostname() {
        return hostname;
    }

    /** The URL's path, {@code /} for empty, with only the query parameters that the site keeps. */
    public String path() {
        return path;
    }

    /** The page's title, or null. */
    public String title() {
        return title;
    }

    /** The full address that the visitor came from, or null. */
    public String referrer() {
        return referrer;
    }

    /** The referrer's host without {@code www.}, or null; a site's own hosts are not referrers. */
    public String referrerHost() {
        return referrerHost;
    }

    /** {@code utm_source}, else the referrer's host, else {@code Direct}. */
    public String source() {
        return source;
    }

    /** The group that source and medium belong to. */
    public String channel() {
        return channel;
    }

    /** The campaign of its URL or fields; never null. */
    public Campaign campaign() {
        return campaign;
    }

    /** The affiliate that it names, or null. */
    public Affiliate affiliate() {
        return affiliate;
    }

    /** Where the visitor is; never null. */
    public Place place() {
        return place;
    }

    /** What the user agent names; never null. */
    public Agent agent() {
        return agent;
    }

    /** The browser's language tag, or null. */
    public String language() {
        return language;
    }

    /** Pixels; 0: not known. */
    public int screenWidth() {
        return screenWidth;
    }

    /** Pixels; 0: not known. */
    public int screenHeight() {
        return screenHeight;
    }

    /** A custom event's name, or null. */
    public String name() {
        return name;
    }

    /** A custom event's properties; never null. */
    public Map<String, String> props() {
        return props;
    }

    /** A custom event's unverified revenue, or null. */
    public Money revenue() {
        return revenue;
    }

    /** Engagement: the id of the page view it speaks of. */
    public String view() {
        return view;
    }

    /** Engagement: visible and focused milliseconds so far. */
    public long engagedMillis() {
        return engagedMillis;
    }

    /** Engagement: greatest scroll so far, 0 to 100. */
    public int scroll() {
        return scroll;
    }

    /** Why it does not count, one of the {@code FILTERED_} counters, or null when it counts. */
    public Counter filtered() {
        return filtered;
    }

    /** Where in a file it was read, or null. */
    public Position position() {
        return position;
    }

    /** Sets the client's id of this event, and whether it may have been sent before. */
    public Event id(String id, boolean repeat) {
        this.id = id;
        this.repeat = repeat;
        return this;
    }

    /** Sets who, and who under yesterday's salt (null: nobody). */
    public Event visitor(String visitor, String earlierVisitor) {
        this.visitor = visitor;
        this.earlierVisitor = earlierVisitor;
        return this;
    }

    /** Sets the client's id of the visit. */
    public Event sessionId(String sessionId) {
        this.sessionId = sessionId;
        return this;
    }

    /** Sets host name, path and title. */
    public Event page(String hostname, String path, String title) {
        this.hostname = hostname;
        this.path = path;
        this.title = title;
        return this;
    }

    /** Sets the referrer and its host. */
    public Event referrer(String referrer, String referrerHost) {
        this.referrer = referrer;
        this.referrerHost = referrerHost;
        return this;
    }

    /** Sets source and channel. */
    public Event source(String source, String channel) {
        this.source = source;
        this.channel = channel;
        return this;
    }

    /** Sets the campaign. */
    public Event campaign(Campaign campaign) {
        this.campaign = Objects.requireNonNull(campaign);
        return this;
    }

    /** Sets the affiliate that it names; null: none. */
    public Event affiliate(Affiliate affiliate) {
        this.affiliate = affiliate;
        return this;
    }

    /** Sets where the visitor is. */
    public Event place(Place place) {
        this.place = Objects.requireNonNull(place);
        return this;
    }

    /** Sets what the user agent names. */
    public Event agent(Agent agent) {
        this.agent = Objects.requireNonNull(agent);
        return this;
    }

    /** Sets the language tag. */
    public Event language(String language) {
        this.language = language;
        return this;
    }

    /** Sets the screen's size, pixels. */
    public Event screen(int width, int height) {
        this.screenWidth = width;
        this.screenHeight = height;
        return this;
    }

    /** Sets a custom event's name, properties and revenue. */
    public Event custom(String name, Map<String, String> props, Money revenue) {
        this.name = name;
        this.props = Objects.requireNonNull(props);
        this.revenue = revenue;
        return this;
    }

    /** Sets the page view that it speaks of, and its totals so far. */
    public Event engagement(String view, long engagedMillis, int scroll) {
        this.view = view;
        this.engagedMillis = engagedMillis;
        this.scroll = scroll;
        return this;
    }

    /** Sets why it does not count; null: it counts. */
    public Event filtered(Counter reason) {
        this.filtered = reason;
        return this;
    }

    /** Sets where in a file it was read. */
    public Event position(Position position) {
        this.position = position;
        return this;
    }

    @Override
    public String toString() {
        return type + " of site " + site.id() + (id == null ? "" : " " + id);
    }
}
