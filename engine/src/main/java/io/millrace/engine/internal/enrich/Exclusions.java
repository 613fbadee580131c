package io.millrace.engine.internal.enrich;

import io.millrace.engine.Beacon;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Glob;
import io.millrace.engine.IpAddress;
import io.millrace.engine.Network;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.Fixed;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which rules of a site an event falls under. The enrich thread's, but for {@link #onTrial}; rules are made ready once after each
 * change.
 */
final class Exclusions {
    /** What a rule is asked about. */
    record Asked(Beacon beacon, EventBuilder event, PageUrl url, IpAddress address) {}

    private interface Test {
        boolean holds(Asked asked);
    }

    private record Rule(Exclusion exclusion, Test test) {}

    /** Made of a collection that is another object after each change. */
    private record Ready(Collection<Exclusion> of, List<Rule> rules) {}

    @Fixed("one for each site that excludes something")
    private final Map<Integer, Ready> sites = new HashMap<>();

    @Fixed("one for each exclusion that was on trial since the start, until it is removed")
    private final Map<Integer, LongAdder> trials = new ConcurrentHashMap<>();

    private final Sites known;

    Exclusions(Sites known) {
        this.known = known;
    }

    /** Whether the site of an event has any; else there is nothing to ask. */
    boolean any(int siteId) {
        return !known.exclusions(siteId).isEmpty();
    }

    /**
     * The first rule that acts and catches this, or null. Those on trial count what they would catch.
     *
     * @param now UTC milliseconds
     */
    Exclusion find(Asked asked, long now) {
        for (Rule rule : rules(asked.beacon.siteId())) {
            if (rule.test.holds(asked)) {
                if (rule.exclusion.acts(now)) {
                    return rule.exclusion;
                }
                trials.computeIfAbsent(rule.exclusion.id(), id -> new LongAdder())
                        .increment();
            }
        }
        return null;
    }

    /** How much a rule would have caught since the start. Any thread. */
    long onTrial(int exclusionId) {
        LongAdder count = trials.get(exclusionId);
        return count == null ? 0 : count.sum();
    }

    /** Forgets that. Any thread. */
    void endTrial(int exclusionId) {
        trials.remove(exclusionId);
    }

    private List<Rule> rules(int siteId) {
        Collection<Exclusion> now = known.exclusions(siteId);
        Ready ready = sites.get(siteId);
        if (ready == null || ready.of != now) {
            ready = new Ready(now, now.stream().map(e -> new Rule(e, test(e))).toList());
            sites.put(siteId, ready);
        }
        return ready.rules;
    }

    private static Test test(Exclusion exclusion) {
        String pattern = exclusion.pattern();
        Glob glob = new Glob(pattern);
        return switch (exclusion.kind()) {
            case ADDRESS -> {
                Network network = Network.parse(pattern);
                yield asked -> asked.address != null && network != null && network.contains(asked.address);
            }
            case HOSTNAME -> asked -> matches(glob, asked.event.hostname());
            // Without a page it is about none, whatever stands for that.
            case PATH ->
                asked -> (asked.beacon.url() != null || asked.beacon.pathname() != null)
                        && matches(glob, asked.event.path());
            case COUNTRY -> asked -> pattern.equals(asked.event.place().country());
            case QUERY -> query(pattern);
            case AGENT -> asked -> asked.beacon.userAgent() != null && glob.matchesAnyCase(asked.beacon.userAgent());
        };
    }

    private static boolean matches(Glob glob, String text) {
        return text != null && glob.matches(text);
    }

    private static Test query(String pattern) {
        int is = pattern.indexOf('=');
        String name = is < 0 ? pattern : pattern.substring(0, is);
        Glob value = new Glob(is < 0 ? "*" : pattern.substring(is + 1));
        return asked -> asked.url.says(name, value);
    }
}
