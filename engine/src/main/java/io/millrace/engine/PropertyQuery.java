package io.millrace.engine;

import java.util.List;

/**
 * Asks for the properties of the custom events of a period. The answer is a {@link Report} whose rows have one value, a
 * key or a value of the key asked for, and two metrics: events that have it, and their distinct visitors. Most events
 * first, ties by value ascending. What is beyond the limit follows as one row, whose value is null; {@code totalRows}
 * counts what there was before. Immutable.
 *
 * @param filters one event must pass all of them; {@link Dimension#EVENT} for those of one name
 * @param key the key whose values are asked for; null: the keys
 * @param limit at most this many rows beside the one of the rest; 0: all
 */
public record PropertyQuery(int siteId, Period period, List<Filter> filters, String key, int limit) {
    public PropertyQuery {
        filters = List.copyOf(filters);
    }
}
