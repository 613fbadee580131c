package io.millrace.perf.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A Markdown table; numbers to the right. Not thread-safe. */
final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(String... columns) {
        lines.add("| " + String.join(" | ", columns) + " |");
        String[] rules = new String[columns.length];
        Arrays.fill(rules, "---:");
        rules[0] = "---";
        lines.add("|" + String.join("|", rules) + "|");
    }

    Table row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }

    static String whole(double n) {
        return String.format(Locale.ROOT, "%,.0f", n);
    }

    static String fixed(double n, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", n);
    }
}
