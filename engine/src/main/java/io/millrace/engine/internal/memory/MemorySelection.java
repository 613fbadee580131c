package io.millrace.engine.internal.memory;

import io.millrace.engine.Beacon;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hits that filters select. A filter by event selects the page views of the visits that have such an event as well.
 * For as long as the data does not change.
 */
final class MemorySelection {
    private final MemoryData data;
    private final List<Filter> filters;
    private final Map<Filter, Set<Long>> visitsWith = new HashMap<>();

    MemorySelection(MemoryData data, List<Filter> filters) {
        this.data = data;
        this.filters = filters;
        for (Filter filter : filters) {
            if (filter.dimension() == Dimension.EVENT) {
                visitsWith.put(filter, visitsWith(filter.positive()));
            }
        }
    }

    private Set<Long> visitsWith(Filter named) {
        Set<Long> visits = new HashSet<>();
        for (MemoryData.Hit hit : data.hits) {
            if (hit.event().type() == Beacon.Type.EVENT
                    && named.test(hit.event().name())) {
                visits.add(hit.visitId());
            }
        }
        return visits;
    }

    boolean test(MemoryData.Hit hit) {
        return filters.stream().allMatch(filter -> passes(filter, hit));
    }

    private boolean passes(Filter filter, MemoryData.Hit hit) {
        if (filter.dimension() == Dimension.EVENT && hit.event().type() == Beacon.Type.PAGEVIEW) {
            boolean has = filter.positive().test(null) || visitsWith.get(filter).contains(hit.visitId());
            return has != filter.negated();
        }
        return filter.test(MemoryQuery.value(filter.dimension(), data.visits.get(hit.visitId()), hit.event()));
    }
}
