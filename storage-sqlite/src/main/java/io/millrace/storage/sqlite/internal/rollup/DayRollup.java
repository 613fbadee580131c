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

    /** The figures of a value, or of {@code (other)} when there are too many. */
    ValueRollup value(RollupDimension dimension, int id) {
        Map<Integer, ValueRollup> known = values.get(dimension);
        ValueRollup value = known.get(id);
        if (value != null) {
            return value;
        }
        if (known.size() >= capacity && id != OTHER) {
            capped++;
            return value(dimension, OTHER);
        }
        value = new ValueRollup();
        known.put(id, value);
        return value;
    }

    public DayRollup copy() {
        DayRollup copy = new DayRollup(siteId, day, capacity);
        copy.visitors.merge(visitors, false);
        quarters.forEach((quarter, set) -> copy.quarters.put(quarter, set.copy()));
        values.forEach((dimension, originals) -> {
            Map<Integer, ValueRollup> copies = copy.values.get(dimension);
            originals.forEach((id, value) -> copies.put(id, value.copy()));
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
            int now = visit.valueId(d);
            int before = visit.valueIdBefore(d);
            if (visit.opened() || now == before) {
                value(d, now).totals.add(visit);
            } else {
                value(d, before).totals.visit(visit.before, -1);
                value(d, now).totals.visit(visit.after, 1);
            }
        }
    }

    /** Moves what a visit had on this day from the values it had to those it has. */
    public void move(VisitFact visit, int pageViews, int events) {
        for (RollupDimension d : RollupDimension.MOVING) {
            int now = visit.valueId(d);
            int before = visit.valueIdBefore(d);
            if (now != before) {
                ValueRollup from = value(d, before);
                from.totals.hits(-pageViews, -events);
                from.visitors.discount(visit.visitorId);
                ValueRollup to = value(d, now);
                to.totals.hits(pageViews, events);
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
            ValueRollup value = value(d, visit.valueId(d));
            value.totals.hits(pageViews, events);
            if (first) {
                add(value.visitors, d, visit.visitorId);
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
        ValueRollup page = value(RollupDimension.PAGE, hit.pathId());
        page.totals.add(hit);
        page.visitors.add(hit.visitorId());
    }

    /**
     * Puts values into {@code (other)} that another roll-up of the same day has there, so that the two can be compared.
     */
    public void foldLike(DayRollup other) {
        other.values.forEach((dimension, like) -> {
            if (like.containsKey(OTHER)) {
                fold(dimension, like);
            }
        });
    }

    private void fold(RollupDimension dimension, Map<Integer, ValueRollup> like) {
        Map<Integer, ValueRollup> known = values.get(dimension);
        for (Integer id : known.keySet().stream()
                .filter(v -> !like.containsKey(v) && v != OTHER)
                .toList()) {
            ValueRollup folded = known.remove(id);
            ValueRollup into = known.computeIfAbsent(OTHER, o -> new ValueRollup());
            into.totals.add(folded.totals, 1);
            into.visitors.merge(folded.visitors, dimension.moves());
        }
    }
}
