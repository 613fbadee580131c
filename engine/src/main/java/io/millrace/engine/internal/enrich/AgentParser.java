package io.millrace.engine.internal.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.engine.Agent;
import io.millrace.engine.AiAgent;
import io.millrace.engine.Bounds;
import io.millrace.engine.ClientHints;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.HeapSize;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ua_parser.Parser;

/**
 * Browser, system and device from a user agent, and what program it says that it is, cached. Used by the enrich thread only.
 *
 * <p>A miss costs a third of a millisecond, with hostile texts forty times that, so misses have a budget of time: beyond
 * it an agent is unknown for this once, and not cached. What the list of programs says costs little, and is always said.
 */
public final class AgentParser {
    private static final int MAX_LENGTH = 512;
    private static final long CACHE_BYTES = 8L << 20;
    private static final int CACHE_ENTRY = 160;

    /** What was not used is kept for so long: an agent that waits behind others waits no longer than twice this. */
    private static final long SAVED_NANOS = 200_000_000;

    /** At first everything is new, and slow because nothing is compiled. */
    private static final long FIRST_NANOS = 1_000_000_000;

    private static final Pattern ADDRESS = Pattern.compile("\\+?https?://[^\\s;)]*");
    private static final Pattern OWN_NAME = Pattern.compile(
            "(?:compatible; ?(?=[A-Za-z0-9_.-]+(?:[/;) ]|$))|^(?!Mozilla/)(?=[A-Za-z0-9_.-]+/[0-9]))([A-Za-z][A-Za-z0-9_.-]{1,40})");

    /** What programs have in their agents and browsers have not, but for a phone or two: for these the whole list is asked. */
    private static final Pattern SUSPICIOUS = Pattern.compile(
            "^(?!Mozilla/|Opera/)|bot|crawl|spider|slurp|fetch|scan|index|archiv|https?:|@", Pattern.CASE_INSENSITIVE);

    private static final String SPIDER = "Spider";

    /**
     * What is known of an agent.
     *
     * @param agent null: not parsed, for want of time
     * @param crawler what it says that it is, or null
     */
    record Parsed(Agent agent, Crawlers.Kind crawler) {
        static final Parsed NOTHING = new Parsed(Agent.UNKNOWN, null);
    }

    /** Comparable, so that keys that somebody has chosen for the same hash are still found in the time that their logarithm takes. */
    private record Key(String agent, ClientHints hints) implements Comparable<Key> {
        private static final Comparator<String> TEXTS = Comparator.nullsFirst(Comparator.naturalOrder());
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::agent)
                .thenComparing(
                        Key::hints,
                        Comparator.nullsFirst(Comparator.comparing(ClientHints::brands, TEXTS)
                                .thenComparing(ClientHints::fullVersions, TEXTS)
                                .thenComparing(ClientHints::mobile, TEXTS)
                                .thenComparing(ClientHints::platform, TEXTS)
                                .thenComparing(ClientHints::platformVersion, TEXTS)));

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Built in the background, because it takes longer than everything else at start; once, for all engines of a JVM. */
    private static final CompletableFuture<Parser> PARSER = CompletableFuture.supplyAsync(AgentParser::load, task -> {
        Thread t = new Thread(task, "millrace-agents");
        t.setDaemon(true);
        t.start();
    });

    @Bounded("agents")
    private final Cache<Key, Parsed> cache;

    private final long cacheBytes;
    private final LongSupplier nanoTime;
    private final long nanosPerSecond;
    private long available;
    private long countedAt;

    /**
     * @param perSecond how long unknown agents may be parsed in each second
     * @param nanoTime as {@link System#nanoTime}
     */
    public AgentParser(Duration perSecond, LongSupplier nanoTime) {
        this(perSecond, nanoTime, CACHE_BYTES);
    }

    AgentParser(Duration perSecond, LongSupplier nanoTime, long cacheBytes) {
        this.cacheBytes = cacheBytes;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(cacheBytes)
                .weigher((Key key, Parsed parsed) ->
                        CACHE_ENTRY + HeapSize.of(key.agent) + HeapSize.of(key.hints) + HeapSize.of(parsed.agent()))
                .executor(Runnable::run)
                .build();
        this.nanosPerSecond = perSecond.toNanos();
        this.nanoTime = nanoTime;
        this.available = Math.min(FIRST_NANOS, 10 * nanosPerSecond);
        this.countedAt = nanoTime.getAsLong();
    }

    private static Parser load() {
        Crawlers.list(); // read here, so that nobody waits for it
        return new Parser();
    }

    void register(Bounds bounds) {
        var eviction = cache.policy().eviction().orElseThrow();
        bounds.add("agents", cacheBytes, () -> eviction.weightedSize().orElse(0));
    }

    /**
     * What is known of an agent; of none, nothing.
     *
     * @param hints what its browser says beside it, or null
     */
    Parsed parse(String userAgent, ClientHints hints) {
        if (userAgent == null || userAgent.isBlank()) {
            return Parsed.NOTHING;
        }
        String ua = userAgent.length() > MAX_LENGTH ? userAgent.substring(0, MAX_LENGTH) : userAgent;
        Key key = new Key(ua, hints);
        Parsed known = cache.getIfPresent(key);
        if (known != null) {
            return known;
        }
        if (hints != null) {
            return hinted(key, parse(ua, null));
        }
        Crawlers.Found found = Crawlers.list().find(ua);
        Crawlers.Kind crawler = found == null ? null : found.kind();
        AiAgent ai = found == null ? null : found.ai();
        Parser ready = PARSER.join();
        long start = nanoTime.getAsLong();
        if (!withinBudget(start)) {
            return new Parsed(ai == null ? null : named(ai, Agent.UNKNOWN), crawler);
        }
        Agent agent = parse(ready, ua);
        Parsed parsed =
                new Parsed(ai == null ? agent : named(ai, agent), crawler == null ? crawler(ready, ua) : crawler);
        available -= nanoTime.getAsLong() - start;
        cache.put(key, parsed);
        return parsed;
    }

    /** What hints say beside an agent costs little; who varies them alone takes nobody's time. What an AI calls itself stands. */
    private Parsed hinted(Key key, Parsed plain) {
        if (plain.agent() == null || plain.crawler() == Crawlers.Kind.AI) {
            return plain;
        }
        Parsed parsed = new Parsed(Hinted.agent(plain.agent(), key.hints()), plain.crawler());
        cache.put(key, parsed);
        return parsed;
    }

    /** By the list's name, so that what an agent reads can be told by it. */
    private static Agent named(AiAgent ai, Agent agent) {
        String version = agent.browserVersion();
        String number = version == null ? null : version.substring(version.lastIndexOf(' ') + 1);
        return new Agent(ai.name(), versioned(ai.name(), number), agent.os(), agent.osVersion(), agent.device());
    }

    private static Crawlers.Kind crawler(Parser parser, String ua) {
        return SUSPICIOUS.matcher(ua).find() && parser.parseDevice(ua).family.equals(SPIDER) ? Crawlers.Kind.BOT : null;
    }

    private boolean withinBudget(long now) {
        long earned = (long) ((now - countedAt) / 1e9 * nanosPerSecond);
        countedAt = now;
        available = Math.max(available, Math.min(available + earned, SAVED_NANOS));
        return available > 0;
    }

    private static Agent parse(Parser parser, String ua) {
        // The list takes the address of a program's page for its name.
        var browser = parser.parseUserAgent(ADDRESS.matcher(ua).replaceAll(""));
        var os = parser.parseOS(ua);
        String name = name(known(browser == null ? null : browser.family), ua);
        String system = known(os == null ? null : os.family);
        return new Agent(
                name,
                browser == null ? null : versioned(name, browser.major),
                system,
                os == null ? null : versioned(system, version(os.major, os.minor)),
                Agent.deviceOf(ua));
    }

    /** The browser, or, of what the list does not know, what it calls itself: {@code compatible; ChatGPT-User/1.0}, or {@code Claude-User/1.0} alone. */
    private static String name(String family, String ua) {
        Matcher own = OWN_NAME.matcher(ua);
        return family == null && own.find() ? own.group(1) : family;
    }

    private static String known(String family) {
        return family == null || family.equals("Other") ? null : family;
    }

    private static String versioned(String name, String version) {
        return name == null || version == null ? null : name + ' ' + version;
    }

    private static String version(String major, String minor) {
        return major == null || minor == null ? major : major + "." + minor;
    }
}
