package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.dictionary.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A visit that a batch opened or changed, with the numbers that its texts are kept as. Mutable only while made. */
public final class VisitFact {
    private static final int[] NO_HITS = new int[2];

    /** As it was before the batch; null: the batch opened it. */
    final Visit before;

    public final Visit after;
    public final int siteId;
    public final List<HitFact> hits = new ArrayList<>(1);
    public int startDay;
    public int visitorId;
    public Tuple origin;
    public Tuple place;
    public Tuple agent;
    public int entryId;
    public int exitId;
    public int entryIdBefore;
    public int exitIdBefore;

    /** By day, page views and events of before the batch; null: all of them are of the day that it started. */
    public Map<Integer, int[]> hitsBefore;

    public VisitFact(Visit before, Visit after) {
        this.before = before;
        this.after = after;
        this.siteId = after.key().siteId();
    }

    public boolean opened() {
        return before == null;
    }

    int startQuarter() {
        return Quarters.of(after.startedAt());
    }

    /** Page views and events that it had on a day before this batch. */
    public int[] hitsBefore(int day) {
        if (hitsBefore != null) {
            return hitsBefore.getOrDefault(day, NO_HITS);
        }
        return opened() || day != startDay ? NO_HITS : new int[] {before.pageViews(), before.events()};
    }

    /** Whether it leaves an entry or exit page for another. */
    public boolean moved() {
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

    /** The number of its value of a dimension. */
    int valueId(RollupDimension dimension) {
        return switch (dimension.column()) {
            case ORIGIN -> origin.parts()[dimension.part()];
            case PLACE -> place.parts()[dimension.part()];
            case AGENT -> agent.parts()[dimension.part()];
            case ENTRY -> entryId;
            case EXIT -> exitId;
            default -> throw new IllegalArgumentException("not an attribute of a visit: " + dimension);
        };
    }

    /** The same as it was before the batch. */
    int valueIdBefore(RollupDimension dimension) {
        return switch (dimension) {
            case ENTRY_PAGE -> entryIdBefore;
            case EXIT_PAGE -> exitIdBefore;
            default -> valueId(dimension);
        };
    }
}
