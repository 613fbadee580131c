package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Metric;
import io.millrace.engine.Visit;

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

    /** Counts a visit as it is, or with -1 takes it back. */
    void visit(Visit visit, int sign) {
        sessions += sign;
        bounces += visit.bounce() ? sign : 0;
        duration += sign * visit.durationSeconds();
        engaged += sign * visit.engagedMillis();
    }

    void add(HitFact hit) {
        if (hit.page()) {
            pageViews++;
        } else {
            events++;
        }
    }

    void hits(long pageViews, long events) {
        this.pageViews += pageViews;
        this.events += events;
    }

    /** Adds another, or with -1 takes it back; visitors do not add up. */
    void add(Tally other, int sign) {
        sessions += sign * other.sessions;
        pageViews += sign * other.pageViews;
        bounces += sign * other.bounces;
        duration += sign * other.duration;
        events += sign * other.events;
        engaged += sign * other.engaged;
    }

    /** Whether no hit and no visit is counted, whatever else. */
    boolean nobody() {
        return (sessions | pageViews | events) == 0;
    }

    boolean isZero() {
        return (visitors | sessions | pageViews | bounces | duration | events | engaged) == 0;
    }

    long metric(Metric metric) {
        return switch (metric) {
            case VISITORS -> visitors;
            case SESSIONS -> sessions;
            case PAGE_VIEWS -> pageViews;
            case BOUNCES -> bounces;
            case DURATION -> duration;
            case EVENTS -> events;
            case ENGAGED -> engaged;
        };
    }
}
