package io.millrace.perf.hostile;

import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Attacks of several kinds, one after the other, each on a server of its own. */
public final class Trials {
    /** The name of all kinds together. */
    public static final String ALL = "all";

    /** The name of those that once stopped, filled or starved a server, and of what they are compared with. */
    public static final String FOUND = "found";

    private Trials() {}

    /**
     * How trials are done.
     *
     * @param time how long each attack lasts
     * @param cores processors that the attacker may keep busy
     * @param memoryMb anonymous memory that the server may have at most
     * @param bystanderMillis what the bystanders' 99th percentile may be at most
     * @param views page views that the attacked site has before
     * @param tls whether the server speaks TLS in all of them
     * @param seed of everything random
     */
    public record Options(
            Duration time, double cores, long memoryMb, double bystanderMillis, int views, boolean tls, long seed) {}

    /**
     * What came of them.
     *
     * @param stood whether everything was as promised in every one
     * @param table in Markdown, a row for each
     */
    public record Results(boolean stood, String table) {}

    /** A line for each kind. */
    public static String list() {
        return Attacks.list();
    }

    /** @throws IllegalArgumentException for the name of a kind that is none */
    public static void check(List<String> kinds) {
        attacks(kinds);
    }

    private static List<Attack> attacks(List<String> kinds) {
        return kinds.stream()
                .flatMap(kind -> switch (kind) {
                    case ALL -> Attacks.ALL.stream();
                    case FOUND -> Attacks.found();
                    default -> Stream.of(Attacks.named(kind));
                })
                .toList();
    }

    /**
     * Runs them.
     *
     * @param kinds names, {@link #ALL} or {@link #FOUND}
     * @param progress is told of each result, for people
     * @throws IllegalArgumentException for a name that is none
     */
    public static Results run(List<String> kinds, Millrace.Setup setup, Options options, Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        List<Attack> attacks = attacks(kinds);
        Trial.Options each = new Trial.Options(
                options.time(),
                options.cores(),
                options.memoryMb() * 1024,
                options.bystanderMillis(),
                options.tls(),
                options.seed());
        List<Trial.Result> results = new ArrayList<>();
        try (Ground ground = Ground.of(setup, options.views());
                Network network = Network.open()) {
            for (Attack attack : attacks) {
                Trial.Result result = Trial.of(attack, ground, network, setup, each);
                if (result == null) {
                    progress.accept(attack.name() + ": left out, it needs root for a disk of its own\n");
                } else {
                    results.add(result);
                    progress.accept(TrialReport.text(result));
                }
            }
        }
        return new Results(results.stream().allMatch(r -> r.problems().isEmpty()), TrialReport.table(results));
    }
}
