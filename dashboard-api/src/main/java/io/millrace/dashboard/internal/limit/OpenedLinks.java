package io.millrace.dashboard.internal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.engine.Bounds;
import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Bounded;
import java.time.Duration;
import java.time.InstantSource;

/** Which browsers have opened which link with its password. Thread-safe; remembers a bounded number of browsers. */
public final class OpenedLinks {
    /** How long a link stays open. */
    public static final Duration TIME = Duration.ofHours(12);

    private static final int BROWSERS = 10_000;

    /** A digest, a number, and what the cache keeps with them. */
    private static final int BROWSER_BYTES = 192;

    @Bounded("unlocked")
    private final Cache<Digest, Integer> links;

    public OpenedLinks(InstantSource clock, Bounds bounds) {
        InstantSource steady = SteadyClock.of(clock);
        links = Caffeine.newBuilder()
                .maximumSize(BROWSERS)
                .expireAfterWrite(TIME)
                .ticker(() -> steady.millis() * 1_000_000)
                .executor(Runnable::run)
                .build();
        bounds.add("unlocked", BROWSERS * BROWSER_BYTES, () -> links.estimatedSize() * BROWSER_BYTES);
    }

    /** Notes that a browser knew the password of a link. */
    public void add(Digest browser, int link) {
        links.put(browser, link);
    }

    /** @param browser null: one that has opened none */
    public boolean has(Digest browser, int link) {
        Integer open = browser == null ? null : links.getIfPresent(browser);
        return open != null && open == link;
    }
}
