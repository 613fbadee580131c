package io.millrace.engine.internal.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.engine.Agent;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import ua_parser.Parser;

/**
 * Browser, system and device from a user agent, cached. Used by the enrich thread only.
 *
 * <p>A miss costs a third of a millisecond and more for hostile texts, so misses have a budget: beyond it an agent is
 * unknown for this once, and not cached.
 */
public final class AgentParser {
    private static final int MAX_LENGTH = 512;

    /** Built in the background: it takes longer than everything else at start. */
    private final CompletableFuture<Parser> parser = CompletableFuture.supplyAsync(Parser::new, task -> {
        Thread t = new Thread(task, "millrace-agents");
        t.setDaemon(true);
        t.start();
    });

    private final Cache<String, Agent> cache =
            Caffeine.newBuilder().maximumSize(20_000).executor(Runnable::run).build();
    private final int perSecond;
    private long second;
    private int spent;

    /** @param perSecond unknown agents parsed a second at most */
    public AgentParser(int perSecond) {
        this.perSecond = perSecond;
    }

    /** The agent, {@link Agent#UNKNOWN} for none; null when the budget of this second is spent. */
    Agent parse(String userAgent, long now) {
        if (userAgent == null || userAgent.isBlank()) {
            return Agent.UNKNOWN;
        }
        String ua = userAgent.length() > MAX_LENGTH ? userAgent.substring(0, MAX_LENGTH) : userAgent;
        Agent known = cache.getIfPresent(ua);
        if (known != null) {
            return known;
        }
        if (!withinBudget(now)) {
            return null;
        }
        Agent parsed = parse(ua);
        cache.put(ua, parsed);
        return parsed;
    }

    private boolean withinBudget(long now) {
        if (now / 1000 != second) {
            second = now / 1000;
            spent = 0;
        }
        return spent++ < perSecond;
    }

    private Agent parse(String ua) {
        var browser = parser.join().parseUserAgent(ua);
        var os = parser.join().parseOS(ua);
        return new Agent(
                known(browser == null ? null : browser.family),
                browser == null ? null : browser.major,
                known(os == null ? null : os.family),
                os == null ? null : version(os.major, os.minor),
                device(ua));
    }

    private static String known(String family) {
        return family == null || family.equals("Other") ? null : family;
    }

    private static String version(String major, String minor) {
        return major == null || minor == null ? major : major + "." + minor;
    }

    /** The device's class by what agents say of themselves; null when they do not. */
    private static String device(String ua) {
        String s = ua.toLowerCase(Locale.ROOT);
        if (s.contains("ipad") || s.contains("tablet") || s.contains("android") && !s.contains("mobile")) {
            return "tablet";
        }
        if (s.contains("mobi") || s.contains("iphone") || s.contains("ipod")) {
            return "mobile";
        }
        return s.contains("windows") || s.contains("macintosh") || s.contains("x11") || s.contains("cros")
                ? "desktop"
                : null;
    }
}
