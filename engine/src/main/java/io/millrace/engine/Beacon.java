package io.millrace.engine;

import io.millrace.engine.spi.HeapSize;
import java.util.Map;
import java.util.Objects;

/**
 * What a client says happened, before anything is derived from it. Immutable; made by a front-end or by an embedding
 * program with a {@link Builder}.
 *
 * <p>A beacon is already well-formed: front-ends check lengths and required fields, because only they can name the
 * field to the client. {@code null} stands for "not sent" in every optional part; times are UTC milliseconds.
 */
public final class Beacon {

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

    /** Of the beacon, its event, its part in a batch, and a new visit, without their texts. */
    private static final int FIXED_BYTES = 768;

    private final Builder b;

    private Beacon(Builder b) {
        this.b = b;
    }

    /** Starts a page view of this site. */
    public static Builder pageview(int siteId) {
        return new Builder(siteId, Type.PAGEVIEW);
    }

    /** Starts a custom event of this site, with its name. */
    public static Builder event(int siteId, String name) {
        return new Builder(siteId, Type.EVENT).name(name);
    }

    /** Starts a beacon of any type. */
    public static Builder of(int siteId, Type type) {
        return new Builder(siteId, type);
    }

    /** The site that it is about. */
    public int siteId() {
        return b.siteId;
    }

    /** What kind of thing happened. */
    public Type type() {
        return b.type;
    }

    /** The client's own id of this event, 1 to 36 characters, or null: then a repeat cannot be recognised. */
    public String id() {
        return b.id;
    }

    /** Whether the client says that it may have sent this before (a retry, or an event kept while offline). */
    public boolean repeat() {
        return b.repeat;
    }

    /** When it happened, UTC milliseconds; 0: when the engine takes it. */
    public long time() {
        return b.time;
    }

    /** Whether the sender may give times of any age (replay, import, a sender with a key). */
    public boolean trusted() {
        return b.trusted;
    }

    /** Whether the client itself says that it is a program. */
    public boolean bot() {
        return b.bot;
    }

    /** The client's own id of the visitor, 1 to 64 characters, or null. */
    public String visitorId() {
        return b.visitorId;
    }

    /** The client's own id of the visit, 1 to 64 characters, or null. */
    public String sessionId() {
        return b.sessionId;
    }

    /** The page's full address, or null. */
    public String url() {
        return b.url;
    }

    /** The page's path; wins over that of the URL. Or null. */
    public String pathname() {
        return b.pathname;
    }

    /** The page's host name; wins over that of the URL. Or null. */
    public String hostname() {
        return b.hostname;
    }

    /** The full address that the visitor came from, or null. */
    public String referrer() {
        return b.referrer;
    }

    /** The page's title, or null. */
    public String title() {
        return b.title;
    }

    /** The browser's language tag, or null. */
    public String language() {
        return b.language;
    }

    /** Campaign fields as sent; those in the URL are read where these are absent. */
    public Campaign campaign() {
        return b.campaign;
    }

    /** An affiliate's slug, as sent. */
    public String ref() {
        return b.ref;
    }

    /** Pixels; 0: not sent. */
    public int screenWidth() {
        return b.screenWidth;
    }

    /** Pixels; 0: not sent. */
    public int screenHeight() {
        return b.screenHeight;
    }

    /** A custom event's name. */
    public String name() {
        return b.name;
    }

    /** A custom event's properties, flat; never null. */
    public Map<String, String> props() {
        return b.props;
    }

    /** A custom event's unverified revenue, or null. */
    public Money revenue() {
        return b.revenue;
    }

    /** Engagement: the id of the page view it speaks of. */
    public String view() {
        return b.view;
    }

    /** Engagement: visible and focused milliseconds so far. */
    public long engagedMillis() {
        return b.engagedMillis;
    }

    /** Engagement: greatest scroll so far, 0 to 100. */
    public int scroll() {
        return b.scroll;
    }

    /** The client's address; never stored. */
    public String address() {
        return b.address;
    }

    /** The client's user agent; never stored raw. */
    public String userAgent() {
        return b.userAgent;
    }

    /** Where the client is, as a trusted proxy said; never null. */
    public Place place() {
        return b.place;
    }

    /** Where in a file it was read, or null: the position is stored in the same transaction as the beacon. */
    public Position position() {
        return b.position;
    }

    /** About how many bytes of heap this beacon and its event hold: what the ring is bounded by beside its slots. */
    public int weight() {
        int bytes = FIXED_BYTES
                + HeapSize.of(b.id)
                + HeapSize.of(b.visitorId)
                + HeapSize.of(b.sessionId)
                + 2 * HeapSize.of(b.url) // the event's path and host are cut out of it
                + HeapSize.of(b.pathname)
                + HeapSize.of(b.hostname)
                + 2 * HeapSize.of(b.referrer)
                + HeapSize.of(b.title)
                + HeapSize.of(b.language)
                + HeapSize.of(b.ref)
                + HeapSize.of(b.name)
                + HeapSize.of(b.view)
                + HeapSize.of(b.address)
                + HeapSize.of(b.userAgent)
                + HeapSize.of(b.campaign)
                + HeapSize.of(b.place);
        for (Map.Entry<String, String> p : b.props.entrySet()) {
            bytes += HeapSize.MAP_ENTRY + HeapSize.of(p.getKey()) + HeapSize.of(p.getValue());
        }
        return bytes;
    }

    @Override
    public String toString() {
        return b.type + " of site " + b.siteId + (b.id == null ? "" : " " + b.id);
    }

    /** Gathers a beacon's parts. Not thread-safe; {@link #build()} may be called once. */
    public static final class Builder {
        private final int siteId;
        private final Type type;
        private String id;
        private boolean repeat;
        private long time;
        private boolean trusted;
        private boolean bot;
        private String visitorId;
        private String sessionId;
        private String url;
        private String pathname;
        private String hostname;
        private String referrer;
        private String title;
        private String language;
        private Campaign campaign = Campaign.NONE;
        private String ref;
        private int screenWidth;
        private int screenHeight;
        private String name;
        private Map<String, String> props = Map.of();
        private Money revenue;
        private String view;
        private long engagedMillis;
        private int scroll;
        private String address;
        private String userAgent;
        private Place place = Place.UNKNOWN;
        private Position position;

        private Builder(int siteId, Type type) {
            this.siteId = siteId;
            this.type = Objects.requireNonNull(type);
        }

        /** The client's id of this event, 1 to 36 characters: what makes it count once. */
        public Builder id(String id) {
            this.id = id;
            return this;
        }

        /** Whether it may have been sent before. */
        public Builder repeat(boolean repeat) {
            this.repeat = repeat;
            return this;
        }

        /** When it happened, UTC milliseconds; 0: when the engine takes it. */
        public Builder time(long utcMillis) {
            this.time = utcMillis;
            return this;
        }

        /** Whether its time may be of any age. */
        public Builder trusted(boolean trusted) {
            this.trusted = trusted;
            return this;
        }

        /** Whether the client itself says that it is a program; such a beacon does not count. */
        public Builder bot(boolean bot) {
            this.bot = bot;
            return this;
        }

        /** The client's own id of the visitor, 1 to 64 characters. */
        public Builder visitorId(String visitorId) {
            this.visitorId = visitorId;
            return this;
        }

        /** The client's own id of the visit, 1 to 64 characters. */
        public Builder sessionId(String sessionId) {
            this.sessionId = sessionId;
            return this;
        }

        /** The page's full address. */
        public Builder url(String url) {
            this.url = url;
            return this;
        }

        /** The page's path; wins over that of the URL. */
        public Builder pathname(String pathname) {
            this.pathname = pathname;
            return this;
        }

        /** The page's host name; wins over that of the URL. */
        public Builder hostname(String hostname) {
            this.hostname = hostname;
            return this;
        }

        /** The full address that the visitor came from. */
        public Builder referrer(String referrer) {
            this.referrer = referrer;
            return this;
        }

        /** The page's title. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** The browser's language tag. */
        public Builder language(String language) {
            this.language = language;
            return this;
        }

        /** Campaign fields; those in the URL are read where these are absent. */
        public Builder campaign(Campaign campaign) {
            this.campaign = Objects.requireNonNull(campaign);
            return this;
        }

        /** An affiliate's slug. */
        public Builder ref(String slug) {
            this.ref = slug;
            return this;
        }

        /** The screen's size in pixels. */
        public Builder screen(int width, int height) {
            this.screenWidth = width;
            this.screenHeight = height;
            return this;
        }

        /** A custom event's name. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** A custom event's properties, flat. */
        public Builder props(Map<String, String> props) {
            this.props = Map.copyOf(props);
            return this;
        }

        /** A custom event's unverified revenue. */
        public Builder revenue(Money revenue) {
            this.revenue = revenue;
            return this;
        }

        /** Engagement: the id of the page view it speaks of. */
        public Builder view(String pageViewId) {
            this.view = pageViewId;
            return this;
        }

        /** Engagement totals so far: visible and focused milliseconds, and greatest scroll, 0 to 100. */
        public Builder engagement(long engagedMillis, int scroll) {
            this.engagedMillis = engagedMillis;
            this.scroll = scroll;
            return this;
        }

        /** The client's address and user agent: what a cookieless visitor is known by. Neither is stored. */
        public Builder client(String address, String userAgent) {
            this.address = address;
            this.userAgent = userAgent;
            return this;
        }

        /** Where the client is. */
        public Builder place(Place place) {
            this.place = Objects.requireNonNull(place);
            return this;
        }

        /** Where in a file it was read. */
        public Builder position(Position position) {
            this.position = position;
            return this;
        }

        /** The beacon. */
        public Beacon build() {
            return new Beacon(this);
        }
    }
}
