package io.millrace.engine.internal.memory;

import io.millrace.engine.Beacon;
import io.millrace.engine.Completed;
import io.millrace.engine.Condition;
import io.millrace.engine.Filter;
import io.millrace.engine.Reached;
import io.millrace.engine.Visit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The hits that filters select. Filters by what custom events alone have select the page views of the visits that have one
 * event that passes all of them, as well; each one that is negated takes away those of the visits that have an event like
 * that. For as long as the data does not change.
 */
final class MemorySelection {
    private final MemoryData data;
    private final List<Filter> filters;

    /** Those by what custom events alone have that are not negated. */
    private final List<Filter> together;

    private final Set<Long> visitsWithAll;
    private final Map<Filter, Set<Long>> visitsWithout = new HashMap<>();
    private final Map<Completed, Set<Long>> visitsWithGoal = new HashMap<>();

    MemorySelection(MemoryData data, List<Filter> filters) {
        this.data = data;
        this.filters = filters;
        this.together = filters.stream()
                .filter(f -> f.dimension().ofEvents() && !f.negated())
                .toList();
        for (Filter filter : filters) {
            if (filter.dimension() instanceof Completed completed) {
                visitsWithGoal.put(completed, visitsWith(completed));
            }
        }
        this.visitsWithAll = visitsWith(hit -> together.stream().allMatch(f -> f.test(value(f, hit))));
        for (Filter filter : filters) {
            if (filter.dimension().ofEvents() && filter.negated()) {
                visitsWithout.put(filter, visitsWith(hit -> !filter.test(value(filter, hit))));
            }
        }
    }

    private Set<Long> visitsWith(Predicate<MemoryData.Hit> event) {
        Set<Long> visits = new HashSet<>();
        for (MemoryData.Hit hit : data.hits) {
            if (hit.event().type() == Beacon.Type.EVENT && event.test(hit)) {
                visits.add(hit.visitId());
            }
        }
        return visits;
    }

    private Set<Long> visitsWith(Completed completed) {
        Set<Long> visits = new HashSet<>();
        for (List<Filter> goal : completed.goals().values()) {
            MemorySelection selection = new MemorySelection(data, goal);
            data.hits.stream().filter(selection::test).forEach(hit -> visits.add(hit.visitId()));
        }
        return visits;
    }

    boolean test(MemoryData.Hit hit) {
        if (hit.event().type() == Beacon.Type.EVENT) {
            return filters.stream().allMatch(f -> f.test(value(f, hit)));
        }
        return (together.stream().allMatch(f -> f.test(null)) || visitsWithAll.contains(hit.visitId()))
                && filters.stream().filter(f -> !together.contains(f)).allMatch(f -> f.test(value(f, hit)))
                && visitsWithout.values().stream().noneMatch(visits -> visits.contains(hit.visitId()));
    }

    /** Whether all filters, which are by attributes of hits, select a hit for what it is itself. */
    boolean takes(MemoryData.Hit hit) {
        return filters.stream().allMatch(f -> f.test(value(f, hit)));
    }

    private String value(Filter filter, MemoryData.Hit hit) {
        if (filter.dimension() instanceof Completed completed) {
            return visitsWithGoal.get(completed).contains(hit.visitId()) ? Condition.YES : null;
        }
        if (filter.dimension() instanceof Reached reached) {
            return reached(reached, hit) ? Condition.YES : null;
        }
        return MemoryValues.value(filter.dimension(), data.visits.get(hit.visitId()), hit.event());
    }

    private boolean reached(Reached reached, MemoryData.Hit hit) {
        Visit.View view = data.engagement(hit);
        return hit.event().type() == Beacon.Type.PAGEVIEW
                && view.scroll() >= reached.scroll()
                && view.engagedMillis() >= reached.engagedMillis();
    }
}
