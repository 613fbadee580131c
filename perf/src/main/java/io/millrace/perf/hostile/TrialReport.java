package io.millrace.perf.hostile;

import io.millrace.perf.hostile.bystander.Window;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of trials for people: lines, and a table in Markdown. */
final class TrialReport {
    private TrialReport() {}

    /** One result. */
    static String text(Trial.Result r) {
        StringBuilder text = new StringBuilder();
        line(text, "%s: %s (%s)", r.attack().name(), r.attack().what(), comes(r));
        Attacker.Done done = r.done();
        line(
                text,
                "  attacker         %,d connections, %,d not made, %,d closed on it, %,.1f MB sent, answers %s; %.2f cores",
                done.connects(),
                done.refused(),
                done.closed(),
                done.sentBytes() / 1e6,
                done.statuses(),
                done.cores());
        r.meanwhile()
                .forEach((who, seen) -> line(
                        text,
                        "  %-16s %s; before %s",
                        who,
                        seen(seen),
                        seen(r.calm().get(who))));
        Trial.Used used = r.used();
        line(
                text,
                "  server           %.2f cores, bystanders %.2f; anonymous memory %,d MB before, %,d MB at most; files grew by"
                        + " %,.1f MB; law %s",
                used.cores(),
                r.bystanderCores(),
                used.memoryBeforeKb() / 1024,
                used.memoryMostKb() / 1024,
                used.grownBytes() / 1e6,
                r.settledSeconds() < 0 ? "broken" : format("holds after %.1f s", r.settledSeconds()));
        if (!used.logged().isEmpty()) {
            line(text, "  log              %,d KB, such as: %s", used.logBytes() / 1024, used.logged());
        }
        line(text, "  %s", r.problems().isEmpty() ? "STOOD" : "FELL: " + String.join("; ", r.problems()));
        return text.toString();
    }

    private static String comes(Trial.Result r) {
        String way = r.strangers() ? "from a network of strangers" : "by loopback, with forwarding headers";
        return r.tls() ? way + ", TLS" : way;
    }

    private static String seen(Window.Seen s) {
        return format(
                "%,d answered, %,d failed, p50 %.1f p99 %.1f max %.1f ms",
                s.answered(), s.failed(), s.p50Millis(), s.p99Millis(), s.worstMillis());
    }

    /** All of them: a row for each. */
    static String table(List<Trial.Result> results) {
        StringBuilder table = new StringBuilder();
        line(
                table,
                "| kind | what strangers do | sent, MB; attacker, cores | server, cores | anonymous memory, MB | files, MB |"
                        + " p99 before → meanwhile, ms (failed): beacons | new connections | reports | streams | owner | |");
        line(table, "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        results.forEach(r -> table.append(row(r)));
        return table.toString();
    }

    private static String row(Trial.Result r) {
        StringBuilder row = new StringBuilder(format(
                "| `%s`%s | %s | %.1f; %.2f | %.2f | %,d → %,d | %,.1f |",
                r.attack().name(),
                r.tls() ? " (TLS)" : "",
                r.attack().what(),
                r.done().sentBytes() / 1e6,
                r.done().cores(),
                r.used().cores(),
                r.used().memoryBeforeKb() / 1024,
                r.used().memoryMostKb() / 1024,
                r.used().grownBytes() / 1e6));
        for (Map.Entry<String, Window.Seen> each : r.meanwhile().entrySet()) {
            Window.Seen calm = r.calm().get(each.getKey());
            Window.Seen seen = each.getValue();
            row.append(format(
                    " %.0f → %.0f (%s) |",
                    calm.p99Millis(), seen.p99Millis(), percent(seen.failed(), seen.failed() + seen.answered())));
        }
        row.append(r.problems().isEmpty() ? " stood" : " **fell**: " + String.join("; ", r.problems()));
        return row.append(" |\n").toString();
    }

    private static String percent(long part, long whole) {
        return part == 0 ? "0" : format("%.1f %%", 100.0 * part / Math.max(1, whole));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(format(format, values)).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
