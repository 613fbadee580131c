package io.millrace.engine;

import java.util.List;

/**
 * How many visitors came back, see {@link RetentionQuery}. Immutable.
 *
 * @param cohorts for each span of time those whose first visit, of all that are stored, started in it: how many they are, then how
 *     many of them started a visit in each span after it
 * @param visitors who started a visit in one of the spans, whenever their first one was
 * @param cookieless those of them who are left out of the cohorts, because nobody can say whether they came again
 */
public record RetentionCounts(List<List<Long>> cohorts, long visitors, long cookieless) {
    public RetentionCounts {
        cohorts = cohorts.stream().map(List::copyOf).toList();
    }
}
