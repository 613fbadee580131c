package io.millrace.engine.internal.memory;

import io.millrace.engine.Attribute;
import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a query means, in the plainest code there is: other storages are compared with it. */
final class MemoryQuery {
    /** What one row counts. */
    private static final class Group {
        final Set<String> visitors = new HashSet<>();
        final Map<Long, Visit> sessions = new HashMap<>();
        long pageViews;
        long events;
        final List<Visit.View> measured = new ArrayList<>();

        long metric(Metric metric) {
            return switch (metric) {
                case VISITORS -> visitors.size();
                case SESSIONS -> sessions.size();
                case PAGE_VIEWS -> pageViews;
                case BOUNCES -> sessions.values().stream().filter(Visit::bounce).count();
                case DURATION ->
                    sessions.values().stream().mapToLong(Visit::durationSeconds).sum();
                case EVENTS -> events;
                case ENGAGED ->
                    sessions.values().stream().mapToLong(Visit::engagedMillis).sum();
                case MEASURED -> measured.size();
                case READ ->
                    measured.stream().mapToLong(Visit.View::engagedMillis).sum();
                case SCROLLED -> measured.stream().mapToLong(Visit.View::scroll).sum();
            };
        }
    }

    private final MemoryData data;
    private final Query query;
    private final Map<List<String>, Group> groups = new HashMap<>();

    MemoryQuery(MemoryData data, Query query) {
        this.data = data;
        this.query = query;
    }

    Report run() {
        if (query.dimensions().isEmpty()) {
            groups.put(List.of(), new Group());
        }
        MemorySelection selection = new MemorySelection(data, query.filters());
        for (MemoryData.Hit hit : data.hits) {
            if (hit.event().site().id() == query.siteId() && selection.test(hit)) {
                count(data.visits.get(hit.visitId()), hit);
            }
        }
        return report();
    }

    private void count(Visit visit, MemoryData.Hit hit) {
        Event e = hit.event();
        if (query.period().contains(e.time())) {
            Group group = group(visit, e, e.time());
            group.visitors.add(visit.key().visitor());
            group.pageViews += e.type() == Beacon.Type.PAGEVIEW ? 1 : 0;
            group.events += e.type() == Beacon.Type.EVENT ? 1 : 0;
            Visit.View view = data.engagement(hit);
            if (view.engagedMillis() > 0 || view.scroll() > 0) {
                group.measured.add(view);
            }
        }
        if (query.period().contains(visit.startedAt())) {
            group(visit, e, visit.startedAt()).sessions.put(visit.id(), visit);
        }
    }

    private Group group(Visit visit, Event e, long time) {
        List<String> values = new ArrayList<>();
        for (Attribute a : query.dimensions()) {
            values.add(
                    a.kind() == Attribute.Kind.TIME
                            ? MemoryValues.bucket(a, time, query.zone())
                            : MemoryValues.value(a, visit, e));
        }
        return groups.computeIfAbsent(values, v -> new Group());
    }

    private Report report() {
        List<Report.Row> rows = new ArrayList<>();
        groups.forEach((values, group) -> rows.add(new Report.Row(
                values, query.metrics().stream().map(group::metric).toList())));
        return Report.of(query, rows, false);
    }
}
