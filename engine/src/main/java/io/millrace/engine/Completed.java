package io.millrace.engine;

import java.util.List;
import java.util.Map;

/**
 * Whether a visit has completed one of some goals: it has, at any time, a hit that all filters of that goal select. Immutable.
 *
 * @param goals what selects hits, by the goal's name; filters by attributes of hits alone
 */
public record Completed(Map<String, List<Filter>> goals) implements Condition {
    public Completed {
        goals = Map.copyOf(goals);
        goals.values()
                .forEach(filters -> filters.forEach(f -> {
                    if (f.dimension().kind() != Kind.HIT) {
                        throw new IllegalArgumentException("a goal is no filter by " + f.dimension());
                    }
                }));
    }

    @Override
    public Kind kind() {
        return Kind.VISIT;
    }
}
