package io.millrace.engine.internal.enrich;

import io.millrace.engine.Beacon;
import io.millrace.engine.Beacon.Sender;
import io.millrace.engine.Counter;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.IpAddress;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells programs from people, by what a site leaves out. The enrich thread's. */
final class Bots {
    private static final String SPAMMERS = "spammers.txt";

    private final Networks dataCenters;

    /** Domains that send made-up referrers. */
    @Fixed("read from a file of the program")
    private final Set<String> spammers = spammers();

    Bots(Networks dataCenters) {
        this.dataCenters = dataCenters;
    }

    private static Set<String> spammers() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Bots.class.getResourceAsStream(SPAMMERS), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(SPAMMERS, e);
        }
    }

    /**
     * Why an event does not count, or null: it does, as far as this knows. Whoever speaks for others and does not say what
     * their agents are is no bot.
     *
     * @param crawler what the agent says that it is, or null
     * @param address of the beacon; asked for where it is needed
     */
    Counter reason(Beacon beacon, EventBuilder event, Crawlers.Kind crawler, Supplier<IpAddress> address) {
        Site site = event.site();
        boolean silent = beacon.userAgent() == null || beacon.userAgent().isBlank();
        if (beacon.sender() == Sender.SERVER || silent && beacon.trusted()) {
            return null;
        }
        for (Counter reason : REASONS) {
            if (site.leavesOut(reason) && is(reason, beacon, event, crawler, address)) {
                return reason;
            }
        }
        return null;
    }

    @Fixed("the reasons that there are")
    private static final Counter[] REASONS = Counter.botReasons().toArray(Counter[]::new);

    private boolean is(
            Counter reason, Beacon beacon, EventBuilder event, Crawlers.Kind crawler, Supplier<IpAddress> address) {
        return switch (reason) {
            case FILTERED_BOT -> crawler == Crawlers.Kind.BOT;
            case FILTERED_AI -> crawler == Crawlers.Kind.AI;
            case FILTERED_PREFETCH -> beacon.sender() == Sender.PREFETCH;
            case FILTERED_AUTOMATION -> beacon.sender() == Sender.PROGRAM;
            case FILTERED_LIBRARY -> crawler == Crawlers.Kind.LIBRARY;
            case FILTERED_HEADLESS -> crawler == Crawlers.Kind.HEADLESS;
            case FILTERED_AGENT -> !possible(beacon.userAgent());
            case FILTERED_DATA_CENTER -> !dataCenters.isEmpty() && dataCenters.contains(address.get());
            case FILTERED_SPAM -> spam(event.referrerHost());
            default -> false;
        };
    }

    private boolean spam(String host) {
        for (String name = host; name != null; ) {
            if (spammers.contains(name)) {
                return true;
            }
            int dot = name.indexOf('.');
            name = dot < 0 ? null : name.substring(dot + 1);
        }
        return false;
    }

    /** Whether a browser could send this: it says what it runs on, on one system, and its version is a number. */
    static boolean possible(String agent) {
        if (agent == null || agent.isBlank()) {
            return false;
        }
        if (agent.startsWith("Mozilla/") && agent.indexOf('(') < 0) {
            return false;
        }
        boolean windows = agent.contains("Windows NT");
        boolean phone = agent.contains("Android") || agent.contains("iPhone");
        return !(windows && (phone || agent.contains("Macintosh")))
                && numbered(agent, "Chrome/")
                && numbered(agent, "Firefox/");
    }

    private static boolean numbered(String agent, String name) {
        int at = agent.indexOf(name) + name.length();
        return at < name.length() || at < agent.length() && agent.charAt(at) >= '1' && agent.charAt(at) <= '9';
    }
}
