package io.millrace.engine;

import java.util.List;

/**
 * Asks how far visitors get along some steps. Only the hits of the period that the filters select are looked at, as though there
 * were no others. Immutable.
 *
 * @param filters what selects hits
 * @param steps for each step what selects the hits that take it, by attributes of hits alone: each hit is tested by itself
 * @param strict whether each step must be the very next hit after the one before
 * @param days how many days a visitor has for all steps, over any number of visits; 0: they must be taken in one visit
 * @param dimension by the values of which it is counted too, an attribute of a visit or a hit; null: by none
 * @param limit at most this many values; 0: all
 */
public record FunnelQuery(
        int siteId,
        Period period,
        List<Filter> filters,
        List<List<Filter>> steps,
        boolean strict,
        int days,
        Attribute dimension,
        int limit) {
    /** So many steps a funnel has at most. */
    public static final int MOST_STEPS = 8;

    /** The longest window. */
    public static final int MOST_DAYS = 90;

    public FunnelQuery {
        filters = List.copyOf(filters);
        steps = steps.stream().map(List::copyOf).toList();
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a funnel has 1 to " + MOST_STEPS + " steps");
        }
        if (days < 0 || days > MOST_DAYS) {
            throw new IllegalArgumentException("a window has at most " + MOST_DAYS + " days");
        }
        if (steps.stream().flatMap(List::stream).anyMatch(f -> f.dimension().kind() != Attribute.Kind.HIT)) {
            throw new IllegalArgumentException("a step is told by attributes of hits alone");
        }
        if (dimension instanceof Condition || dimension != null && dimension.kind() == Attribute.Kind.TIME) {
            throw new IllegalArgumentException("cannot break down by " + dimension);
        }
    }
}
