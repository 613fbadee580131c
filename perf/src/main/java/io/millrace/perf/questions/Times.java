package io.millrace.perf.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long one question took, asked again and again. Not thread-safe. */
public final class Times {
    private final List<Double> millis = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();

    public void add(Answer answer) {
        if (answer.status() == 200) {
            millis.add(answer.nanos() / 1e6);
        } else {
            refused.add(answer.status());
        }
    }

    /** How often it was asked. */
    public int asked() {
        return millis.size() + refused.size();
    }

    /** Median and greatest in milliseconds, and how many were refused with what; a dash: not asked. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!millis.isEmpty()) {
            List<Double> sorted = millis.stream().sorted().toList();
            text.append(whole(sorted.get(sorted.size() / 2)))
                    .append(" (")
                    .append(whole(sorted.get(sorted.size() - 1)))
                    .append(')');
        }
        refused.stream()
                .distinct()
                .sorted()
                .forEach(status -> text.append(text.length() == 0 ? "" : "; ")
                        .append(refused.stream().filter(status::equals).count())
                        .append(" of ")
                        .append(asked())
                        .append(": ")
                        .append(status));
        return text.length() == 0 ? "-" : text.toString();
    }

    private static String whole(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%,.1f" : "%,.0f", millis);
    }
}
