package io.millrace.engine.internal.memory;

import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a query for retention means, in the plainest code there is. */
final class MemoryRetention {
    private final MemoryData data;
    private final RetentionQuery query;

    MemoryRetention(MemoryData data, RetentionQuery query) {
        this.data = data;
        this.query = query;
    }

    RetentionCounts run() {
        Map<String, TreeSet<Long>> starts = starts();
        Set<String> visitors = new HashSet<>();
        Set<String> cookieless = new HashSet<>();
        long[][] came = new long[query.spans()][query.spans()];
        starts.forEach((visitor, times) -> {
            if (times.stream().anyMatch(query.period()::contains)) {
                visitors.add(visitor);
                if (Visit.Key.isCookieless(visitor)) {
                    cookieless.add(visitor);
                } else if (query.period().contains(times.first())) {
                    Set<Integer> spans = new HashSet<>();
                    times.stream().filter(query.period()::contains).forEach(t -> spans.add(span(t)));
                    spans.forEach(span -> came[span(times.first())][span]++);
                }
            }
        });
        List<List<Long>> cohorts = new ArrayList<>();
        for (int first = 0; first < query.spans(); first++) {
            List<Long> cohort = new ArrayList<>();
            for (int span = first; span < query.spans(); span++) {
                cohort.add(came[first][span]);
            }
            cohorts.add(cohort);
        }
        return new RetentionCounts(cohorts, visitors.size(), cookieless.size());
    }

    /** When the visits of each visitor started. */
    private Map<String, TreeSet<Long>> starts() {
        Map<String, TreeSet<Long>> starts = new HashMap<>();
        MemorySelection selection = new MemorySelection(data, query.filters());
        for (MemoryData.Hit hit : data.hits) {
            if (hit.event().site().id() == query.siteId() && selection.test(hit)) {
                Visit visit = data.visits.get(hit.visitId());
                starts.computeIfAbsent(visit.key().visitor(), v -> new TreeSet<>())
                        .add(visit.startedAt());
            }
        }
        return starts;
    }

    private int span(long time) {
        int span = 0;
        while (time >= query.bounds().get(span + 1)) {
            span++;
        }
        return span;
    }
}
