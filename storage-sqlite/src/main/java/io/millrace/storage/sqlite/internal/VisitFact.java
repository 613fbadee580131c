package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Visit;

/** A visit that a batch opened or changed, with the numbers that its texts are kept as. Mutable only while made. */
final class VisitFact {
    final Visit before;
    final Visit after;
    final int siteId;
    int startDay;
    int visitorId;
    Combos.Combo origin;
    Combos.Combo place;
    Combos.Combo agent;
    int entryId;
    int exitId;
    int entryIdBefore;
    int exitIdBefore;

    VisitFact(Visit before, Visit after) {
        this.before = before;
        this.after = after;
        this.siteId = after.key().siteId();
    }

    boolean opened() {
        return before == null;
    }

    int startQuarter() {
        return Quarters.of(after.startedAt());
    }

    int bounces() {
        return bounce(after) - (before == null ? 0 : bounce(before));
    }

    long duration() {
        return after.durationSeconds() - (before == null ? 0 : before.durationSeconds());
    }

    long engaged() {
        return after.engagedMillis() - (before == null ? 0 : before.engagedMillis());
    }

    private static int bounce(Visit visit) {
        return visit.bounce() ? 1 : 0;
    }
}
