package io.millrace.perf.hostile;

import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Attacks of several kinds, one after the other, each on a server of its own. */
public final class Trials {
    private Trials() {}

    /** The names of all kinds. */
    public static List<String> kinds() {
        return Attacks.ALL.stream().map(Attack::name).toList();
    }

    /**
     * Runs them.
     *
     * @param kinds names, or {@code all}
     * @param views page views that the attacked site has before
     * @param progress is told of each result
     * @throws IllegalArgumentException for a name that is none
     */
    public static List<Trial.Result> run(
            List<String> kinds, Millrace.Setup setup, Trial.Options options, int views, Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        List<Attack> attacks = kinds.contains("all")
                ? Attacks.ALL
                : kinds.stream().map(Attacks::named).toList();
        List<Trial.Result> results = new ArrayList<>();
        try (Ground ground = Ground.of(setup, views)) {
            for (Attack attack : attacks) {
                Trial.Result result = Trial.of(attack, ground, setup, options);
                results.add(result);
                progress.accept(text(result));
            }
        }
        return results;
    }

    /** One result, for people. */
    public static String text(Trial.Result r) {
        StringBuilder text = new StringBuilder();
        line(text, "%s: %s", r.attack(), r.what());
        line(
                text,
                "  attacker   %,d connections, %,d closed on it, %,.1f MB sent, answers %s; %.2f cores",
                r.done().connects(),
                r.done().closed(),
                r.done().sentBytes() / 1e6,
                r.done().statuses(),
                r.done().cores());
        line(
                text,
                "  bystander  beacons %s; reports %s; %.2f cores",
                seen(r.bystander()),
                seen(r.reports()),
                r.bystanderCores());
        line(
                text,
                "  server     %.2f cores, anonymous memory %,d MB before, %,d MB at most, files grew by %,.1f MB",
                r.serverCores(),
                r.memoryBeforeKb() / 1024,
                r.memoryMostKb() / 1024,
                r.grownBytes() / 1e6);
        line(text, "  %s", r.problems().isEmpty() ? "STOOD" : "FELL: " + String.join("; ", r.problems()));
        return text.toString();
    }

    private static String seen(Trial.Seen s) {
        return String.format(
                Locale.ROOT,
                "%,d answered, %,d not, p50 %.1f p99 %.1f max %.1f ms",
                s.answered(),
                s.refused(),
                s.p50Millis(),
                s.p99Millis(),
                s.worstMillis());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
