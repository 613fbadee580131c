package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A visit that a batch opened or changed, with the numbers that its texts are kept as. Mutable only while made. */
final class VisitFact {
    private static final int[] NO_HITS = new int[2];

    /** As it was before the batch; null: the batch opened it. */
    final Visit before;

    final Visit after;
    final int siteId;
    final List<HitFact> hits = new ArrayList<>(1);
    int startDay;
    int visitorId;
    Combos.Combo origin;
    Combos.Combo place;
    Combos.Combo agent;
    int entryId;
    int exitId;
    int entryIdBefore;
    int exitIdBefore;

    /** By day, page views and events of before the batch; null: all of them are of the day that it started. */
    Map<Integer, int[]> hitsBefore;

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

    /** Page views and events that it had on a day before this batch. */
    int[] hitsBefore(int day) {
        if (hitsBefore != null) {
            return hitsBefore.getOrDefault(day, NO_HITS);
        }
        return opened() || day != startDay ? NO_HITS : new int[] {before.pageViews(), before.events()};
    }

    /** Whether it leaves an entry or exit page for another. */
    boolean moved() {
        return !opened() && (entryId != entryIdBefore || exitId != exitIdBefore);
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

    /** The number of its value of a rolled dimension. */
    int value(int rolled) {
        return switch (rolled) {
            case 0 -> origin.parts()[0];
            case 1 -> origin.parts()[1];
            case 2 -> place.parts()[0];
            case 3 -> place.parts()[1];
            case 4 -> place.parts()[2];
            case 5 -> entryId;
            case 6 -> exitId;
            case 7 -> agent.parts()[0];
            case 8 -> agent.parts()[2];
            case 9 -> agent.parts()[4];
            default -> throw new IllegalArgumentException("not an attribute of a visit: " + rolled);
        };
    }

    /** The same as it was before the batch. */
    int valueBefore(int rolled) {
        return rolled == Rolled.ENTRY ? entryIdBefore : rolled == Rolled.EXIT ? exitIdBefore : value(rolled);
    }
}
