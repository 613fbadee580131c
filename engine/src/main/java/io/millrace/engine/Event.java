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

    public Site site() {
        return site;
    }

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

    public String sessionId() {
        return sessionId;
    }

    public String hostname() {
        return hostname;
    }

    /** The URL's path, {@code /} for empty, with only the query parameters that the site keeps. */
    public String path() {
        return path;
    }

    public String title() {
        return title;
    }

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

    public Campaign campaign() {
        return campaign;
    }

    /** The affiliate that it names, or null. */
    public Affiliate affiliate() {
        return affiliate;
    }

    public Place place() {
        return place;
    }

    public Agent agent() {
        return agent;
    }

    public String language() {
        return language;
    }

    public int screenWidth() {
        return screenWidth;
    }

    public int screenHeight() {
        return screenHeight;
    }

    public String name() {
        return name;
    }

    public Map<String, String> props() {
        return props;
    }

    public Money revenue() {
        return revenue;
    }

    /** Engagement: the id of the page view it speaks of. */
    public String view() {
        return view;
    }

    public long engagedMillis() {
        return engagedMillis;
    }

    public int scroll() {
        return scroll;
    }

    /** Why it does not count, one of the {@code FILTERED_} counters, or null when it counts. */
    public Counter filtered() {
        return filtered;
    }

    public Position position() {
        return position;
    }

    public Event id(String id, boolean repeat) {
        this.id = id;
        this.repeat = repeat;
        return this;
    }

    public Event visitor(String visitor, String earlierVisitor) {
        this.visitor = visitor;
        this.earlierVisitor = earlierVisitor;
        return this;
    }

    public Event sessionId(String sessionId) {
        this.sessionId = sessionId;
        return this;
    }

    public Event page(String hostname, String path, String title) {
        this.hostname = hostname;
        this.path = path;
        this.title = title;
        return this;
    }

    public Event referrer(String referrer, String referrerHost) {
        this.referrer = referrer;
        this.referrerHost = referrerHost;
        return this;
    }

    public Event source(String source, String channel) {
        this.source = source;
        this.channel = channel;
        return this;
    }

    public Event campaign(Campaign campaign) {
        this.campaign = Objects.requireNonNull(campaign);
        return this;
    }

    public Event affiliate(Affiliate affiliate) {
        this.affiliate = affiliate;
        return this;
    }

    public Event place(Place place) {
        this.place = Objects.requireNonNull(place);
        return this;
    }

    public Event agent(Agent agent) {
        this.agent = Objects.requireNonNull(agent);
        return this;
    }

    public Event language(String language) {
        this.language = language;
        return this;
    }

    public Event screen(int width, int height) {
        this.screenWidth = width;
        this.screenHeight = height;
        return this;
    }

    public Event custom(String name, Map<String, String> props, Money revenue) {
        this.name = name;
        this.props = Objects.requireNonNull(props);
        this.revenue = revenue;
        return this;
    }

    public Event engagement(String view, long engagedMillis, int scroll) {
        this.view = view;
        this.engagedMillis = engagedMillis;
        this.scroll = scroll;
        return this;
    }

    public Event filtered(Counter reason) {
        this.filtered = reason;
        return this;
    }

    public Event position(Position position) {
        this.position = position;
        return this;
    }

    @Override
    public String toString() {
        return type + " of site " + site.id() + (id == null ? "" : " " + id);
    }
}
