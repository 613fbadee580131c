package io.millrace.perf.traffic;

import static io.millrace.perf.traffic.World.b;

import java.util.Locale;

/** How a tracker writes one hit as JSON. Not thread-safe. */
public abstract class Format {

    /** The formats known to the command line. */
    public enum Name {
        MILLRACE,
        PLAUSIBLE,
        UMAMI,
        STORY;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String path;
    private final boolean ours;
    private final boolean cookieless;

    Format(String path, boolean ours, boolean cookieless) {
        this.path = path;
        this.ours = ours;
        this.cookieless = cookieless;
    }

    /**
     * @param site the site as this tracker names it: number, domain or UUID
     * @param domain the site's host name
     */
    public static Format of(Name name, String site, String domain) {
        World world = new World();
        return switch (name) {
            case MILLRACE -> new Millrace(world, site, domain);
            case PLAUSIBLE -> new Plausible(world, site, domain);
            case UMAMI -> new Umami(world, site, domain);
            case STORY -> new Story(world, site, domain);
        };
    }

    /** Where this tracker posts to. */
    public String path() {
        return path;
    }

    /** Whether it knows a "still here". */
    public boolean heartbeats() {
        return ours;
    }

    /** Whether a request may carry an array of events. */
    public boolean arrays() {
        return ours;
    }

    /** Whether visitors are told apart by address and agent, because no id is sent. */
    public boolean cookieless() {
        return cookieless;
    }

    /** Appends the hit as one JSON object. */
    public abstract void encode(Hit hit, Bytes to);

    /** What surrounds the digit of {@code "attempt"} in this project's own format, so that a repeat can raise it in place. */
    static final byte[] ATTEMPT = b("\",\"attempt\":0,\"visitor_id\":\"");

    /** Offset of the digit within {@link #ATTEMPT}. */
    static final int ATTEMPT_DIGIT = 12;

    /** {@code https://host/path} with the campaign of the visit's first page. */
    static void url(World world, byte[] origin, Hit hit, Bytes to) {
        to.put(origin).put(world.paths[hit.path]);
        if (hit.entry && hit.source >= world.referrers.length) {
            to.put(world.campaigns[hit.source - world.referrers.length]);
        }
    }

    /** The source for the first page of a visit, the page before for the others. */
    static void referrer(World world, byte[] origin, Hit hit, Bytes to) {
        if (!hit.entry) {
            to.put(origin).put(world.paths[hit.previous]);
        } else if (hit.source < world.referrers.length) {
            to.put(world.referrers[hit.source]);
        }
    }

    private static final class Millrace extends Format {
        private static final byte[] VISIT = b("\",\"session_id\":\"");
        private static final byte[] URL = b("\",\"url\":\"");
        private static final byte[] REFERRER = b("\",\"referrer\":\"");
        private static final byte[] TITLE = b("\",\"title\":\"");
        private static final byte[] LANGUAGE = b("\",\"language\":\"");
        private static final byte[] WIDTH = b("\",\"screen_width\":");
        private static final byte[] HEIGHT = b(",\"screen_height\":");

        private final World world;
        private final byte[] pageview;
        private final byte[] heartbeat;
        private final byte[] origin;

        Millrace(World world, String site, String domain) {
            super("/api/collect", true, false);
            this.world = world;
            this.pageview = b("{\"site_id\":" + site + ",\"type\":\"pageview\",\"id\":\"");
            this.heartbeat = b("{\"site_id\":" + site + ",\"type\":\"heartbeat\",\"id\":\"");
            this.origin = b("https://" + domain);
        }

        @Override
        public void encode(Hit hit, Bytes to) {
            to.put(hit.heartbeat ? heartbeat : pageview)
                    .put(hit.id)
                    .put(ATTEMPT)
                    .put(hit.visitor);
            to.put(VISIT).put(hit.session).put(URL);
            url(world, origin, hit, to);
            to.put(REFERRER);
            referrer(world, origin, hit, to);
            to.put(TITLE).put(world.titles[hit.path]).put(LANGUAGE).put(world.languages[hit.agent]);
            int[] screen = world.screens[hit.agent];
            to.put(WIDTH).put(screen[0]).put(HEIGHT).put(screen[1]).put((byte) '}');
        }
    }

    private static final class Plausible extends Format {
        private static final byte[] DOMAIN = b("\",\"d\":\"");
        private static final byte[] REFERRER = b("\",\"r\":\"");

        private final World world;
        private final byte[] head = b("{\"n\":\"pageview\",\"u\":\"");
        private final byte[] domain;
        private final byte[] origin;

        Plausible(World world, String site, String domain) {
            super("/api/event", false, true);
            this.world = world;
            this.domain = b(site);
            this.origin = b("https://" + domain);
        }

        @Override
        public void encode(Hit hit, Bytes to) {
            to.put(head);
            url(world, origin, hit, to);
            to.put(DOMAIN).put(domain).put(REFERRER);
            referrer(world, origin, hit, to);
            to.put((byte) '"').put((byte) '}');
        }
    }

    private static final class Umami extends Format {
        private static final byte[] LANGUAGE = b("\",\"language\":\"");
        private static final byte[] SCREEN = b("\",\"screen\":\"");
        private static final byte[] URL = b("\",\"url\":\"");
        private static final byte[] REFERRER = b("\",\"referrer\":\"");
        private static final byte[] TITLE = b("\",\"title\":\"");

        private final World world;
        private final byte[] head;
        private final byte[] origin;

        Umami(World world, String site, String domain) {
            super("/api/send", false, true);
            this.world = world;
            this.head = b("{\"type\":\"event\",\"payload\":{\"website\":\"" + site + "\",\"hostname\":\"" + domain);
            this.origin = b("https://" + domain);
        }

        @Override
        public void encode(Hit hit, Bytes to) {
            int[] screen = world.screens[hit.agent];
            to.put(head).put(LANGUAGE).put(world.languages[hit.agent]);
            to.put(SCREEN).put(screen[0]).put((byte) 'x').put(screen[1]).put(URL);
            url(world, new byte[0], hit, to);
            to.put(REFERRER);
            referrer(world, origin, hit, to);
            to.put(TITLE)
                    .put(world.titles[hit.path])
                    .put((byte) '"')
                    .put((byte) '}')
                    .put((byte) '}');
        }
    }

    /** The body of the first story's tracker: no event id, the host and path beside the address. */
    private static final class Story extends Format {
        private static final byte[] SESSION = b("\",\"session_id\":\"");
        private static final byte[] URL = b("\",\"url\":\"");
        private static final byte[] PATH = b("\",\"pathname\":\"");
        private static final byte[] REFERRER = b("\",\"referrer\":\"");
        private static final byte[] WIDTH = b("\",\"screen_width\":");
        private static final byte[] HEIGHT = b(",\"screen_height\":");

        private final World world;
        private final byte[] head;
        private final byte[] host;
        private final byte[] origin;

        Story(World world, String site, String domain) {
            super("/api/collect", false, false);
            this.world = world;
            this.head = b("{\"type\":\"pageview\",\"site_id\":\"" + site + "\",\"visitor_id\":\"");
            this.host = b("\",\"hostname\":\"" + domain);
            this.origin = b("https://" + domain);
        }

        @Override
        public void encode(Hit hit, Bytes to) {
            to.put(head).put(hit.visitor).put(SESSION).put(hit.session).put(URL);
            url(world, origin, hit, to);
            to.put(PATH).put(world.paths[hit.path]).put(host).put(REFERRER);
            referrer(world, origin, hit, to);
            int[] screen = world.screens[hit.agent];
            to.put(WIDTH).put(screen[0]).put(HEIGHT).put(screen[1]).put((byte) '}');
        }
    }
}
