package io.millrace.engine.internal.memory;

import com.google.common.base.Strings;
import io.millrace.engine.Beacon;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a query for a funnel means, in the plainest code there is. */
final class MemoryFunnel {
    private static final long DAY_MILLIS = 86_400_000;

    /** In the order of their arrival they are already. */
    private static final Comparator<MemoryData.Hit> IN_VISIT = Comparator.comparingLong(
                    (MemoryData.Hit hit) -> hit.event().time())
            .thenComparing(hit -> hit.event().type() == Beacon.Type.EVENT);

    private static final Comparator<MemoryData.Hit> OF_VISITOR = Comparator.comparingLong(
                    (MemoryData.Hit hit) -> hit.event().time())
            .thenComparingLong(MemoryData.Hit::visitId)
            .thenComparing(IN_VISIT);

    private final MemoryData data;
    private final FunnelQuery query;
    private final List<MemorySelection> steps;

    MemoryFunnel(MemoryData data, FunnelQuery query) {
        this.data = data;
        this.query = query;
        this.steps =
                query.steps().stream().map(f -> new MemorySelection(data, f)).toList();
    }

    FunnelCounts run() {
        Map<String, List<MemoryData.Hit>> byVisitor = new TreeMap<>();
        Set<String> cookieless = new HashSet<>();
        MemorySelection selection = new MemorySelection(data, query.filters());
        for (MemoryData.Hit hit : data.hits) {
            if (hit.event().site().id() == query.siteId()
                    && query.period().contains(hit.event().time())
                    && selection.test(hit)) {
                String visitor = data.visits.get(hit.visitId()).key().visitor();
                if (query.days() > 0 && Visit.Key.isCookieless(visitor)) {
                    cookieless.add(visitor);
                } else {
                    byVisitor.computeIfAbsent(visitor, v -> new ArrayList<>()).add(hit);
                }
            }
        }
        List<List<MemoryData.Hit>> ways = byVisitor.values().stream()
                .map(this::way)
                .filter(way -> !way.isEmpty())
                .toList();
        List<FunnelCounts.Row> rows = rows(ways);
        int to = query.limit() == 0 ? rows.size() : Math.min(query.limit(), rows.size());
        return new FunnelCounts(
                IntStream.range(0, steps.size()).mapToObj(i -> step(ways, i)).toList(),
                cookieless.size(),
                rows.subList(0, to),
                rows.size());
    }

    private FunnelCounts.Step step(List<List<MemoryData.Hit>> ways, int step) {
        List<Long> seconds = ways.stream()
                .filter(way -> way.size() > step)
                .map(way -> step == 0 ? 0 : (time(way, step) - time(way, step - 1)) / 1000)
                .sorted()
                .toList();
        long sum = seconds.stream().mapToLong(s -> s).sum();
        long median = seconds.isEmpty() ? 0 : FunnelCounts.rounded(seconds.get((seconds.size() - 1) / 2));
        return new FunnelCounts.Step(seconds.size(), sum, median);
    }

    private static long time(List<MemoryData.Hit> hits, int at) {
        return hits.get(at).event().time();
    }

    private List<FunnelCounts.Row> rows(List<List<MemoryData.Hit>> ways) {
        Map<String, long[]> counts = new HashMap<>();
        for (List<MemoryData.Hit> way : query.dimension() == null ? List.<List<MemoryData.Hit>>of() : ways) {
            MemoryData.Hit first = way.get(0);
            String value = MemoryValues.value(query.dimension(), data.visits.get(first.visitId()), first.event());
            long[] visitors = counts.computeIfAbsent(value, v -> new long[steps.size()]);
            for (int step = 0; step < way.size(); step++) {
                visitors[step]++;
            }
        }
        List<FunnelCounts.Row> rows = new ArrayList<>();
        counts.forEach((value, visitors) -> rows.add(new FunnelCounts.Row(
                value,
                IntStream.range(0, steps.size()).mapToObj(i -> visitors[i]).toList())));
        rows.sort(Comparator.comparingLong(
                        (FunnelCounts.Row row) -> -row.visitors().get(0))
                .thenComparing(row -> Strings.nullToEmpty(row.value())));
        return rows;
    }

    /** The way of a visitor. */
    private List<MemoryData.Hit> way(List<MemoryData.Hit> hits) {
        if (query.days() > 0) {
            hits.sort(OF_VISITOR);
            return wayAlong(hits);
        }
        Map<Long, List<MemoryData.Hit>> visits = new HashMap<>();
        hits.forEach(h ->
                visits.computeIfAbsent(h.visitId(), id -> new ArrayList<>()).add(h));
        List<MemoryData.Hit> furthest = List.of();
        for (long id : visits.keySet().stream()
                .sorted(Comparator.comparingLong((Long v) -> data.visits.get(v).startedAt())
                        .thenComparingLong(v -> v))
                .toList()) {
            visits.get(id).sort(IN_VISIT);
            List<MemoryData.Hit> way = wayAlong(visits.get(id));
            furthest = way.size() > furthest.size() ? way : furthest;
        }
        return furthest;
    }

    private List<MemoryData.Hit> wayAlong(List<MemoryData.Hit> hits) {
        for (int last = steps.size() - 1; last >= 0; last--) {
            for (int at = 0; at < hits.size(); at++) {
                List<MemoryData.Hit> way = steps.get(last).takes(hits.get(at)) ? wayTo(hits, last, at) : List.of();
                if (!way.isEmpty() && inTime(way)) {
                    return way;
                }
            }
        }
        return List.of();
    }

    private boolean inTime(List<MemoryData.Hit> way) {
        return query.days() == 0 || time(way, way.size() - 1) - time(way, 0) <= query.days() * DAY_MILLIS;
    }

    /** Ends with the hit at a place, which takes this step; empty: there is none. */
    private List<MemoryData.Hit> wayTo(List<MemoryData.Hit> hits, int step, int at) {
        if (step == 0) {
            return List.of(hits.get(at));
        }
        for (int before = at - 1; before >= (query.strict() ? Math.max(0, at - 1) : 0); before--) {
            if (steps.get(step - 1).takes(hits.get(before))) {
                List<MemoryData.Hit> way = new ArrayList<>(wayTo(hits, step - 1, before));
                if (!way.isEmpty()) {
                    way.add(hits.get(at));
                }
                return way;
            }
        }
        return List.of();
    }
}
