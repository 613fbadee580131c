package io.millrace.storage.sqlite.internal.rollup;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one site's day beside its written-through figures: its visitors, those of each 15 minutes, and the
 * figures of each value of each dimension. Mutable, not thread-safe.
 */
public final class DayRollup {
    /** The number of the text {@code (other)}, which stands for the values beyond the cap. */
    static final int OTHER = 1;

    public final int siteId;
    public final int day;
    public final VisitorSet visitors = new VisitorSet();
    public final Map<Integer, VisitorSet> quarters = new TreeMap<>();
    private final int capacity;

    private final Map<RollupDimension, Map<Integer, ValueRollup>> values = new EnumMap<>(RollupDimension.class);
    private int capped;

    /** Whether it differs from what is stored. */
    public boolean dirty;

    /** @param capacity values of one dimension at most */
    DayRollup(int siteId, int day, int capacity) {
        this.siteId = siteId;
        this.day = day;
        this.capacity = capacity;
        for (RollupDimension d : RollupDimension.values()) {
            values.put(d, new HashMap<>());
        }
    }

    public Map<Integer, ValueRollup> values(RollupDimension dimension) {
        return values.get(dimension);
    }

    public VisitorSet quarter(int quarter) {
        return quarters.computeIfAbsent(quarter, q -> new VisitorSet());
    }

    /** The cell of a value, or of {@code (other)} when there are too many. */
    ValueRollup cell(RollupDimension dimension, int value) {
        Map<Integer, ValueRollup> cells = values.get(dimension);
        ValueRollup cell = cells.get(value);
        if (cell != null) {
            return cell;
        }
        if (cells.size() >= capacity && value != OTHER) {
            capped++;
            return cell(dimension, OTHER);
        }
        cell = new ValueRollup();
        cells.put(value, cell);
        return cell;
    }

    public DayRollup copy() {
        DayRollup copy = new DayRollup(siteId, day, capacity);
        copy.visitors.merge(visitors, false);
        quarters.forEach((quarter, set) -> copy.quarters.put(quarter, set.copy()));
        values.forEach((dimension, cells) -> {
            Map<Integer, ValueRollup> copies = copy.values.get(dimension);
            cells.forEach((value, cell) -> copies.put(value, cell.copy()));
        });
        return copy;
    }

    /** How often a value was counted as {@code (other)} since this was last asked. */
    public int takeCapped() {
        int n = capped;
        capped = 0;
        return n;
    }

    /** A visit's figures, which belong to the day that it started. */
    public void visit(VisitFact visit) {
        for (RollupDimension d : RollupDimension.OF_VISIT) {
            int now = visit.value(d);
            int before = visit.valueBefore(d);
            if (visit.opened() || now == before) {
                cell(d, now).tally.add(visit);
            } else {
                cell(d, before).tally.visit(visit.before, -1);
                cell(d, now).tally.visit(visit.after, 1);
            }
        }
    }

    /** Moves what a visit had on this day from the values it had to those it has. */
    public void move(VisitFact visit, int pageViews, int events) {
        for (RollupDimension d : RollupDimension.MOVING) {
            int now = visit.value(d);
            int before = visit.valueBefore(d);
            if (now != before) {
                ValueRollup from = cell(d, before);
                from.tally.hits(-pageViews, -events);
                from.visitors.discount(visit.visitorId);
                ValueRollup to = cell(d, now);
                to.tally.hits(pageViews, events);
                to.visitors.count(visit.visitorId);
            }
        }
    }

    /**
     * Hits of this day of one visit.
     *
     * @param first whether the visit had none on this day before; else its visitor is known everywhere
     */
    public void hits(VisitFact visit, int pageViews, int events, boolean first) {
        for (RollupDimension d : RollupDimension.OF_VISIT) {
            ValueRollup cell = cell(d, visit.value(d));
            cell.tally.hits(pageViews, events);
            if (first) {
                add(cell.visitors, d, visit.visitorId);
            }
        }
        if (first) {
            visitors.add(visit.visitorId);
        }
    }

    private static void add(VisitorSet set, RollupDimension dimension, int visitor) {
        if (dimension.moves()) {
            set.count(visitor);
        } else {
            set.add(visitor);
        }
    }

    /** What is a hit's own: its quarter of an hour and its page. */
    public void hit(HitFact hit) {
        quarter(hit.quarter()).add(hit.visitorId());
        ValueRollup page = cell(RollupDimension.PAGE, hit.pathId());
        page.tally.add(hit);
        page.visitors.add(hit.visitorId());
    }

    /**
     * Puts values into {@code (other)} that another book of the same day has there, so that the two can be compared.
     */
    public void foldLike(DayRollup other) {
        other.values.forEach((dimension, like) -> {
            if (like.containsKey(OTHER)) {
                fold(dimension, like);
            }
        });
    }

    private void fold(RollupDimension dimension, Map<Integer, ValueRollup> like) {
        Map<Integer, ValueRollup> cells = values.get(dimension);
        for (Integer value : cells.keySet().stream()
                .filter(v -> !like.containsKey(v) && v != OTHER)
                .toList()) {
            ValueRollup folded = cells.remove(value);
            ValueRollup into = cells.computeIfAbsent(OTHER, o -> new ValueRollup());
            into.tally.add(folded.tally, 1);
            into.visitors.merge(folded.visitors, dimension.moves());
        }
    }
}
