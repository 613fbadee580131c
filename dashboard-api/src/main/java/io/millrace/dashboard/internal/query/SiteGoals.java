package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Attribute;
import io.millrace.engine.Completed;
import io.millrace.engine.Condition;
import io.millrace.engine.Filter;
import io.millrace.engine.Goal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The goals of a site, as filters name them: by id, or by name with its escapes. Immutable.
 *
 * @param within beyond these filters, nothing that visits did is to be told
 */
public record SiteGoals(Collection<Goal> all, List<Filter> within) {
    /** The parameter that selects the visits that completed one of the goals that it names. */
    public static final String PARAMETER = "goal";

    /** What selects the hits that complete a goal, in all spellings of its page. */
    public static List<Filter> filters(Goal goal) {
        return goal.filters().stream().map(SiteGoals::spelled).toList();
    }

    private static Filter spelled(Filter filter) {
        List<String> patterns = filter.patterns().stream()
                .flatMap(p -> Spellings.of(filter.dimension(), Spellings.pattern(p)).stream())
                .toList();
        return new Filter(filter.dimension(), filter.negated(), filter.anyCase(), patterns);
    }

    /** Adds the filters of the parameter's values. */
    void select(List<String> values, List<Filter> filters) {
        Map<String, List<Filter>> wanted = new TreeMap<>();
        Map<String, List<Filter>> unwanted = new TreeMap<>();
        for (String value : values) {
            boolean negated = value.startsWith("!");
            Goal goal = find(negated ? value.substring(1) : value);
            (negated ? unwanted : wanted).put(goal.name(), withinOf(goal));
        }
        if (!wanted.isEmpty()) {
            filters.add(Filter.that(new Completed(wanted)));
        }
        if (!unwanted.isEmpty()) {
            filters.add(Filter.isNot(new Completed(unwanted), Condition.YES));
        }
    }

    private Goal find(String value) {
        List<String> pieces = Filter.pieces(value);
        return Optional.of(pieces.get(0))
                .filter(name -> pieces.size() == 1)
                .flatMap(name -> Goal.named(all, name))
                .orElseThrow(() -> ApiException.parameter(
                        PARAMETER, "this site has no goal with this name or id: " + Params.printable(value)));
    }

    private List<Filter> withinOf(Goal goal) {
        List<Filter> filters = new ArrayList<>(filters(goal));
        within.stream().filter(f -> f.dimension().kind() == Attribute.Kind.HIT).forEach(filters::add);
        return filters;
    }
}
