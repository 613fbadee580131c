package io.millrace.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Page views as a small site gets them, the same for the same seed: for benchmarks. Not thread-safe. */
public final class SampleBeacons {
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
    private static final List<String> COUNTRIES = List.of("DE", "US", "FR", "JP");
    private static final List<String> LANGUAGES = List.of("de-DE", "en-US", "fr-FR", "ja-JP");
    private static final int PATHS = 500;

    private final SplittableRandom random;
    private final int siteId;
    private int made;

    public SampleBeacons(long seed, int siteId) {
        this.random = new SplittableRandom(seed);
        this.siteId = siteId;
    }

    /** The next page view, of a visitor who brings an id. */
    public Beacon next() {
        int person = random.nextInt(10_000);
        // The square prefers low numbers, as visitors prefer some pages.
        double drawn = random.nextDouble();
        int path = (int) (PATHS * drawn * drawn);
        return Beacon.pageview(siteId)
                .id("b" + made++)
                .visitorId("visitor-" + person)
                .sessionId("session-" + person)
                .url("https://example.com/articles/" + path + (path % 20 == 0 ? "?utm_source=newsletter" : ""))
                .referrer(path % 3 == 0 ? "https://www.example.net/post" : null)
                .title("Article " + path)
                .language(LANGUAGES.get(person % LANGUAGES.size()))
                .screenWidth(1920)
                .screenHeight(1080)
                .address("192.0.2.1")
                .userAgent(AGENTS.get(person % AGENTS.size()))
                .place(new Place(COUNTRIES.get(person % COUNTRIES.size()), null, null))
                .build();
    }

    /** So many of them. */
    public List<Beacon> next(int n) {
        List<Beacon> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(next());
        }
        return all;
    }
}
