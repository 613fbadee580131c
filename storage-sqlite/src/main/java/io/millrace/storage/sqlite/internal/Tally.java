package io.millrace.storage.sqlite.internal;

/** Figures that add up: of a day, of 15 minutes, of one value of a dimension. Mutable. */
final class Tally {
    long visitors;
    long sessions;
    long pageViews;
    long bounces;
    long duration;
    long events;
    long engaged;

    /** Counts what a batch did to a visit; all of it belongs to where the visit started. */
    void add(VisitFact visit) {
        sessions += visit.opened() ? 1 : 0;
        bounces += visit.bounces();
        duration += visit.duration();
        engaged += visit.engaged();
    }

    void add(HitFact hit) {
        if (hit.page()) {
            pageViews++;
        } else {
            events++;
        }
    }

    boolean isZero() {
        return (visitors | sessions | pageViews | bounces | duration | events | engaged) == 0;
    }
}
