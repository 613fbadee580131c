package io.millrace.server.internal.demo;

import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Who visits the made-up site, where they come from, and what they read. */
final class DemoWorld {
    static final String DOMAIN = "demo.example";
    static final String ZONE = "Europe/Berlin";

    /** What its beacons say they are read from. */
    static final String SOURCE = "demo";

    private DemoWorld() {}

    /**
     * Where a visit comes from.
     *
     * @param referrer what the browser sends, or null
     * @param pages how many pages such a visit has on average
     */
    record Origin(String referrer, Campaign campaign, String affiliate, double pages) {}

    /** A browser on a machine. */
    record Client(String agent, int width, int height) {}

    /** A page. */
    record Page(String path, String title) {}

    /** Values of which some are drawn more often than others. Immutable once built. */
    static final class Weighted<T> {
        private final List<T> values = new ArrayList<>();
        private final List<Double> upTo = new ArrayList<>();
        private double total;

        static <T> Weighted<T> of(double weight, T value) {
            return new Weighted<T>().and(weight, value);
        }

        Weighted<T> and(double weight, T value) {
            total += weight;
            values.add(value);
            upTo.add(total);
            return this;
        }

        T draw(RandomGenerator random) {
            double at = random.nextDouble() * total;
            int i = 0;
            while (i < values.size() - 1 && upTo.get(i) <= at) {
                i++;
            }
            return values.get(i);
        }
    }

    static final List<String> AFFILIATES = List.of("honeybee", "northstar", "paperboat");

    private static Origin from(String referrer, double pages) {
        return new Origin(referrer, Campaign.NONE, null, pages);
    }

    private static Origin campaign(String source, String medium, String name, String referrer, double pages) {
        return new Origin(referrer, new Campaign(source, medium, name, null, null), null, pages);
    }

    private static Origin affiliate(String slug, String referrer) {
        return new Origin(referrer, Campaign.NONE, slug, 3.4);
    }

    /** From another page of the same site. */
    static final Origin INSIDE = from(null, 1);

    static final Weighted<Origin> ORIGINS = Weighted.of(31, from(null, 3.0))
            .and(24, from("https://www.google.com/", 2.4))
            .and(4, from("https://www.bing.com/", 2.3))
            .and(4, from("https://duckduckgo.com/", 2.6))
            .and(5, from("https://news.ycombinator.com/item?id=41000000", 1.5))
            .and(4, from("https://www.reddit.com/r/selfhosted/", 1.8))
            .and(3, from("https://t.co/3fJk2Lq", 1.4))
            .and(3, from("https://www.linkedin.com/", 1.9))
            .and(3, from("https://github.com/", 3.6))
            .and(2, from("https://chatgpt.com/", 2.8))
            .and(1, from("https://www.perplexity.ai/", 2.7))
            .and(1.5, from("https://lobste.rs/s/abc123", 1.7))
            .and(4, campaign("newsletter", "email", "november-issue", null, 2.9))
            .and(3, campaign("google", "cpc", "brand-search", "https://www.google.com/", 2.2))
            .and(1.5, campaign("linkedin", "paid-social", "autumn-launch", "https://www.linkedin.com/", 1.6))
            .and(3, affiliate("honeybee", "https://honeybee.example/best-tools/"))
            .and(2, affiliate("northstar", "https://northstar.example/review/"))
            .and(1, affiliate("paperboat", null));

    static final Weighted<Place> PLACES = Weighted.of(16, Place.of("DE", "BE", "Berlin"))
            .and(7, Place.of("DE", "BY", "Munich"))
            .and(6, Place.of("DE", "HH", "Hamburg"))
            .and(5, Place.of("AT", "9", "Vienna"))
            .and(4, Place.of("CH", "ZH", "Zurich"))
            .and(9, Place.of("US", "CA", "San Francisco"))
            .and(7, Place.of("US", "NY", "New York"))
            .and(4, Place.of("US", "TX", "Austin"))
            .and(8, Place.of("GB", "ENG", "London"))
            .and(5, Place.of("FR", "IDF", "Paris"))
            .and(4, Place.of("NL", "NH", "Amsterdam"))
            .and(3, Place.of("PL", "14", "Warsaw"))
            .and(3, Place.of("ES", "MD", "Madrid"))
            .and(2, Place.of("IT", "25", "Milan"))
            .and(3, Place.of("SE", "AB", "Stockholm"))
            .and(4, Place.of("IN", "KA", "Bengaluru"))
            .and(2, Place.of("JP", "13", "Tokyo"))
            .and(2, Place.of("BR", "SP", "São Paulo"))
            .and(2, Place.of("CA", "ON", "Toronto"))
            .and(1, Place.of("AU", "NSW", "Sydney"));

    private static final String WINDOWS = "Windows NT 10.0; Win64; x64";
    private static final String MAC = "Macintosh; Intel Mac OS X 10_15_7";
    private static final String LINUX = "X11; Linux x86_64";
    private static final String ANDROID = "Linux; Android 10; K";
    private static final String GALAXY = "Linux; Android 15; SM-S921B";
    private static final String IPHONE = "iPhone; CPU iPhone OS 18_6 like Mac OS X";
    private static final String IPAD = "iPad; CPU OS 18_6 like Mac OS X";
    private static final String CHROME = "Chrome/142.0.0.0 Safari/537.36";

    private static Client chromium(String machine, String browser, int width, int height) {
        return new Client(
                "Mozilla/5.0 (" + machine + ") AppleWebKit/537.36 (KHTML, like Gecko) " + browser, width, height);
    }

    private static Client firefox(String machine, int width, int height) {
        return new Client("Mozilla/5.0 (" + machine + "; rv:144.0) Gecko/20100101 Firefox/144.0", width, height);
    }

    private static Client safari(String machine, String browser, int width, int height) {
        return new Client(
                "Mozilla/5.0 (" + machine + ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 " + browser,
                width,
                height);
    }

    static final Weighted<Client> CLIENTS = Weighted.of(25, chromium(WINDOWS, CHROME, 1920, 1080))
            .and(8, chromium(WINDOWS, CHROME + " Edg/142.0.0.0", 1536, 864))
            .and(6, firefox(WINDOWS, 1920, 1080))
            .and(10, chromium(MAC, CHROME, 1728, 1117))
            .and(8, safari(MAC, "Safari/605.1.15", 1512, 982))
            .and(5, chromium(LINUX, CHROME, 2560, 1440))
            .and(6, firefox(LINUX, 1920, 1200))
            .and(17, safari(IPHONE, "Mobile/15E148 Safari/604.1", 393, 852))
            .and(11, chromium(ANDROID, "Chrome/142.0.0.0 Mobile Safari/537.36", 412, 915))
            .and(2, chromium(GALAXY, "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", 384, 832))
            .and(2, safari(IPAD, "Mobile/15E148 Safari/604.1", 820, 1180));

    static final Weighted<Page> ENTRIES = Weighted.of(38, new Page("/", "Demo: a made-up shop for paper boats"))
            .and(14, new Page("/blog/why-we-count-less", "Why we count less"))
            .and(9, new Page("/blog/one-file-is-enough", "One file is enough"))
            .and(7, new Page("/docs/getting-started", "Getting started"))
            .and(6, new Page("/pricing", "Pricing"))
            .and(4, new Page("/blog/a-week-without-cookies", "A week without cookies"))
            .and(3, new Page("/docs/embedding", "Embedding"))
            .and(2, new Page("/about", "About"))
            .and(2, new Page("/blog/the-boat-that-floats", "The boat that floats"));

    static final Weighted<Page> NEXT = Weighted.of(16, new Page("/pricing", "Pricing"))
            .and(14, new Page("/", "Demo: a made-up shop for paper boats"))
            .and(12, new Page("/features", "Features"))
            .and(10, new Page("/docs/getting-started", "Getting started"))
            .and(7, new Page("/signup", "Sign up"))
            .and(6, new Page("/blog", "Blog"))
            .and(6, new Page("/docs/embedding", "Embedding"))
            .and(5, new Page("/docs/api", "API"))
            .and(4, new Page("/about", "About"))
            .and(4, new Page("/boats/classic", "The classic boat"))
            .and(3, new Page("/boats/racing", "The racing boat"))
            .and(3, new Page("/checkout", "Checkout"))
            .and(2, new Page("/contact", "Contact"))
            .and(2, new Page("/blog/why-we-count-less", "Why we count less"))
            .and(1, new Page("/privacy", "Privacy"));

    /** The hours of a day, busy ones more often. */
    static final Weighted<Integer> HOURS = hours(
            1.2, 0.8, 0.6, 0.5, 0.6, 0.9, 1.7, 2.9, 4.3, 5.6, 6.2, 6.0, 5.4, 5.7, 6.1, 6.0, 5.6, 5.0, 4.6, 4.7, 5.0,
            4.6, 3.4, 2.1);

    private static Weighted<Integer> hours(double... busy) {
        Weighted<Integer> hours = new Weighted<>();
        for (int hour = 0; hour < busy.length; hour++) {
            hours.and(busy[hour], hour);
        }
        return hours;
    }

    /** How busy each day of a week is, from Monday. */
    static final double[] WEEKDAYS = {1.08, 1.15, 1.12, 1.06, 0.95, 0.68, 0.72};
}
