package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steps that a site wants its visitors to take one after another. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param name what people call it; each of a site has another
 * @param strict whether each step must be the very next hit after the one before
 * @param days how many days a visitor has for all steps; 0: they must be taken in one visit
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Funnel(int id, int siteId, String name, List<Step> steps, boolean strict, int days)
        implements FunnelBuilder.With {
    /** So many a site may have. */
    public static final int MOST = 50;

    /** Fewer steps are a goal. */
    public static final int FEWEST_STEPS = 2;

    /**
     * What takes a step: a goal of the site, or a page or event like one. Immutable.
     *
     * @param page the path of the page view or event; null: any
     * @param event the name of the custom event; null: page views take it
     * @param props what the event's properties must be, by their keys
     * @param goalId the goal whose completion takes it, and nothing else is given; 0: none
     */
    public record Step(String page, String event, Map<String, String> props, int goalId) {
        public Step {
            props = Map.copyOf(props);
        }

        /** What completes it, as a goal; null: the site has no such goal. */
        public Goal goal(Collection<Goal> ofSite) {
            return goalId == 0
                    ? new Goal(0, 0, "step", page, event, props, 0, 0)
                    : ofSite.stream().filter(g -> g.id() == goalId).findAny().orElse(null);
        }

        private Optional<String> fault(Collection<Goal> ofSite) {
            if (page == null && event == null && goalId == 0) {
                return Optional.of("needs a page, an event or a goal");
            }
            if (goalId == 0) {
                return goal(ofSite).fault(Set.of());
            }
            if (page != null || event != null || !props.isEmpty()) {
                return Optional.of("goal: stands alone in a step");
            }
            return goal(ofSite) == null ? Optional.of("goal: this site has no such goal") : Optional.empty();
        }
    }

    public Funnel {
        steps = List.copyOf(steps);
    }

    /** Whether completing a goal takes one of its steps. */
    public boolean uses(int goalId) {
        return steps.stream().anyMatch(step -> step.goalId() == goalId);
    }

    /**
     * Why it cannot be one of a site's funnels, beginning with the field at fault; empty: it can.
     *
     * @param ofSite the funnels that the site has
     * @param goals its goals
     */
    public Optional<String> fault(Collection<Funnel> ofSite, Collection<Goal> goals) {
        Set<String> others =
                ofSite.stream().filter(f -> f.id() != id).map(Funnel::name).collect(Collectors.toSet());
        Optional<String> ofName = Goal.nameFault(name);
        if (ofName.isPresent()) {
            return ofName;
        }
        if (others.contains(name)) {
            return Optional.of("name: " + name + " is a funnel of this site already");
        }
        if (id == 0 && ofSite.size() >= MOST) {
            return Optional.of("name: a site has at most " + MOST + " funnels");
        }
        if (steps.size() < FEWEST_STEPS || steps.size() > FunnelQuery.MOST_STEPS) {
            return Optional.of("steps: " + FEWEST_STEPS + " to " + FunnelQuery.MOST_STEPS);
        }
        if (days < 0 || days > FunnelQuery.MOST_DAYS) {
            return Optional.of("days: 0 to " + FunnelQuery.MOST_DAYS);
        }
        for (int i = 0; i < steps.size(); i++) {
            Optional<String> why = steps.get(i).fault(goals);
            if (why.isPresent()) {
                return Optional.of("steps: step " + (i + 1) + ": " + why.get());
            }
        }
        return Optional.empty();
    }
}
