package io.millrace.perf.hostile;

import io.millrace.perf.hostile.bystander.Bystanders;
import io.millrace.perf.hostile.bystander.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is not as promised; nothing: the server stood. Not thread-safe. */
final class Verdict {
    private static final double OWNER_MILLIS = 2_000;
    private static final int ONE_IN = 1_000;
    /** The worst first, each with the exception in the line behind it. */
    private static final List<Pattern> COMPLAINTS = Stream.of("Terminating|fatal error", "Error", " ERROR ", " WARN ")
            .map(word -> Pattern.compile("(?m)^.*(?:" + word + ").*(?:\n[a-z.]+\\.[A-Z].*)?"))
            .toList();

    private final List<String> problems = new ArrayList<>();

    void add(String problem) {
        problems.add(problem);
    }

    void must(boolean holds, String otherwise) {
        if (!holds) {
            add(otherwise);
        }
    }

    void died(double afterSeconds, int exit, String log) {
        add(format("the process ended after %.1f s with %d: %s", afterSeconds, exit, complaint(log)));
    }

    /** An owner's log-in is slow by design. */
    void waiting(String who, Window.Seen seen, double limitMillis) {
        double limit = who.equals(Bystanders.OWNER) ? OWNER_MILLIS : limitMillis;
        must(seen.p99Millis() <= limit, format("%s: p99 of %.0f ms", who, seen.p99Millis()));
    }

    void failing(String who, Window.Seen seen) {
        must(
                seen.failed() * ONE_IN <= seen.answered(),
                format("%s: %d of %d failed", who, seen.failed(), seen.failed() + seen.answered()));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The first lines of a log that tell of an end, an error or a warning; empty when there are none. */
    static String complaint(String log) {
        return COMPLAINTS.stream()
                .flatMap(pattern -> pattern.matcher(log).results().limit(1))
                .map(found -> found.group().replace('\n', ' '))
                .findFirst()
                .orElse("");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
