package io.millrace.dashboard.internal.revenue;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.engine.Conversion;
import io.millrace.engine.Journey;
import java.util.HashMap;
import java.util.Map;

/**
 * When visitors came first. Immutable.
 *
 * @param starts by visitor, UTC milliseconds; who is absent has no visit that is known
 */
public record FirstVisits(Map<String, Long> starts) {
    /**
     * Those of visitors with journeys, and where visits are removed those of which only columns are left, too. Of a part of a site
     * nothing is known then: nobody can say which of the removed visits are of that part.
     *
     * @param journeys of those who have any, by visitor; null: the visitor has none
     */
    public static FirstVisits of(ReportContext context, Map<String, Journey> journeys) {
        int site = context.site().id();
        Map<String, Long> starts = new HashMap<>();
        if (context.reader().visitsFrom(site) == Long.MIN_VALUE) {
            journeys.forEach((visitor, journey) -> {
                if (journey != null && !journey.visits().isEmpty()) {
                    starts.put(visitor, journey.visits().get(0).startedAt());
                }
            });
        } else if (!journeys.isEmpty() && context.within().filters().isEmpty()) {
            context.reader()
                    .visits(site, journeys.keySet(), Long.MAX_VALUE, 1)
                    .forEach((visitor, visits) ->
                            visits.stream().findFirst().ifPresent(first -> starts.put(visitor, first.startedAt())));
        }
        return new FirstVisits(starts);
    }

    /** Seconds from the start of the visitor's first visit to a conversion; null: no visit is known. */
    public Long until(Conversion c) {
        Long first = c.visitor() == null ? null : starts.get(c.visitor());
        return first == null ? null : (Long) Math.max(0, (c.occurredAt() - first) / 1000);
    }
}
