package io.millrace.engine.internal.memory;

import io.millrace.engine.Beacon;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a query for properties means, in the plainest code there is. */
final class MemoryProperties {
    private final MemoryData data;
    private final PropertyQuery query;
    private final MemorySelection selection;
    private final Map<String, Set<MemoryData.Hit>> found = new HashMap<>();

    MemoryProperties(MemoryData data, PropertyQuery query) {
        this.data = data;
        this.query = query;
        this.selection = new MemorySelection(data, query.filters());
    }

    Report run() {
        data.hits.stream().filter(this::asked).forEach(this::gather);
        List<Map.Entry<String, Set<MemoryData.Hit>>> all = new ArrayList<>(found.entrySet());
        all.sort(Comparator.<Map.Entry<String, Set<MemoryData.Hit>>>comparingInt(
                        e -> -e.getValue().size())
                .thenComparing(Map.Entry::getKey));
        int shown = query.limit() == 0 ? all.size() : Math.min(query.limit(), all.size());
        List<Report.Row> rows = new ArrayList<>();
        all.subList(0, shown).forEach(e -> rows.add(row(List.of(e.getKey()), e.getValue())));
        if (shown < all.size()) {
            Set<MemoryData.Hit> rest = new HashSet<>();
            all.subList(shown, all.size()).forEach(e -> rest.addAll(e.getValue()));
            List<String> unnamed = new ArrayList<>();
            unnamed.add(null);
            rows.add(row(unnamed, rest));
        }
        return new Report(List.copyOf(rows), all.size());
    }

    private boolean asked(MemoryData.Hit hit) {
        return hit.event().site().id() == query.siteId()
                && hit.event().type() == Beacon.Type.EVENT
                && query.period().contains(hit.event().time())
                && selection.test(hit);
    }

    private void gather(MemoryData.Hit hit) {
        hit.event().props().forEach((key, value) -> {
            if (query.key() == null || query.key().equals(key)) {
                found.computeIfAbsent(query.key() == null ? key : value, k -> new HashSet<>())
                        .add(hit);
            }
        });
    }

    private Report.Row row(List<String> value, Set<MemoryData.Hit> hits) {
        Set<String> visitors = new HashSet<>();
        hits.forEach(h -> visitors.add(data.visits.get(h.visitId()).key().visitor()));
        return new Report.Row(value, List.of((long) hits.size(), (long) visitors.size()));
    }
}
