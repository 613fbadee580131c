package io.millrace.engine;

import java.util.List;

/**
 * A visit with hits of it, as a storage has them: what an export tells, and what {@link Engine#bring} stores. A long visit is
 * told in several parts, each with the whole visit and some of its hits. Immutable.
 *
 * @param visit as it is after all of its hits
 * @param pages how many of its page views stand in parts before this one
 * @param events how many of its custom events stand in parts before this one
 * @param hits page views with their engagement, then custom events, each in order of arrival
 * @param touches the affiliates that it was counted for; those of an unknown affiliate are left out
 */
public record PastVisit(Visit visit, int pages, int events, List<Event> hits, List<Touch> touches) {

    /**
     * An affiliate visit.
     *
     * @param time UTC milliseconds
     * @param landing the path of the hit that named the affiliate
     */
    public record Touch(Affiliate affiliate, long time, String landing) {}

    public PastVisit {
        hits = List.copyOf(hits);
        touches = List.copyOf(touches);
    }

    /** How many of the hits are page views. */
    public int pageViews() {
        return (int)
                hits.stream().filter(hit -> hit.type() == Beacon.Type.PAGEVIEW).count();
    }
}
