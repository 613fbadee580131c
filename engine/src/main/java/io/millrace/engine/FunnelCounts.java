package io.millrace.engine;

import java.util.List;

/**
 * How far visitors got along the steps of a {@link FunnelQuery}. A visitor's way is the series of hits by which he first got as
 * far as he got; before a step, it has the latest hit that can be the one before. Immutable.
 *
 * @param cookieless visitors of the selected hits that are left out, because nobody can say whether they came again; 0 where the
 *     steps are to be taken in one visit
 * @param rows for each value of the dimension, which is that of the first hit of the visitor's way: most visitors first, ties by
 *     value ascending
 * @param totalRows how many values there are
 */
public record FunnelCounts(List<Step> steps, long cookieless, List<Row> rows, int totalRows) {
    public FunnelCounts {
        steps = List.copyOf(steps);
        rows = List.copyOf(rows);
    }

    /**
     * Those who took a step, and all steps before it.
     *
     * @param seconds how long they needed since the step before, each in whole seconds, together; 0 of the first step
     * @param median the time in which half of them had taken it, in seconds: see {@link #rounded}
     */
    public record Step(long visitors, long seconds, long median) {}

    /**
     * @param value null: absent
     * @param visitors how many took each step
     */
    public record Row(String value, List<Long> visitors) {}

    /** Seconds as medians know them: beyond a day, whole minutes. */
    public static long rounded(long seconds) {
        return seconds < 86_400 ? seconds : seconds / 60 * 60;
    }
}
