package io.millrace.perf.questions;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a question was answered.
 *
 * @param status of HTTP
 * @param nanos how long it took
 * @param totals sessions, visitors and page views of the period; visitors and completions of a goal; visitors of the first steps
 *     of a funnel; of all cohorts how many there are, and came back a span later, and two; empty where the report does not tell
 */
public record Answer(int status, long nanos, List<Long> totals) {
    private static final Pattern CURRENT =
            Pattern.compile("\"current\":\\{\"visitors\":(\\d+),\"sessions\":(\\d+),\"pageViews\":(\\d+)");
    private static final Pattern GOAL = Pattern.compile("\"goal\":\\{.*?\"visitors\":(\\d+),\"completions\":(\\d+)");
    private static final Pattern STEP = Pattern.compile("\"step\":\\d+,.*?\"visitors\":(\\d+)");
    private static final Pattern COHORT = Pattern.compile("\"after\":([012]),\"returned\":(\\d+)");

    /** What a server has sent. */
    public static Answer of(int status, long nanos, String body) {
        Matcher current = CURRENT.matcher(body);
        List<Long> totals =
                current.find() ? List.of(number(current, 2), number(current, 1), number(current, 3)) : List.of();
        return new Answer(status, nanos, totals.isEmpty() ? other(body) : totals);
    }

    private static List<Long> other(String body) {
        Matcher goal = GOAL.matcher(body);
        if (goal.find()) {
            return List.of(number(goal, 1), number(goal, 2));
        }
        List<Long> steps = STEP.matcher(body)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .limit(3)
                .toList();
        long[] came = new long[3];
        COHORT.matcher(body)
                .results()
                .forEach(found -> came[Integer.parseInt(found.group(1))] += Long.parseLong(found.group(2)));
        return came[0] == 0 ? steps : List.of(came[0], came[1], came[2]);
    }

    private static Long number(Matcher found, int group) {
        return Long.valueOf(found.group(group));
    }

    /** Whether another way of counting comes to the same but for a hundredth: visits over midnight. */
    public boolean agrees(Answer other) {
        for (int i = 0; i < Math.min(totals.size(), other.totals.size()); i++) {
            long most = Math.max(totals.get(i), other.totals.get(i));
            if (Math.abs(totals.get(i) - other.totals.get(i)) > Math.max(10, most / 100)) {
                return false;
            }
        }
        return true;
    }
}
