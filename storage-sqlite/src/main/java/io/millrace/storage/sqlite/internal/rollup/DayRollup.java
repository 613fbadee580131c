package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What is known of one site's day beside its written-through figures: its visitors, those of each 15 minutes, and the
 * figures of each value of each dimension. Mutable, not thread-safe.
 *
 * <p>Of a dimension with more values than its capacity nothing is kept while the day is open: its rows have them. Once the day
 * is closed, the largest are kept and the rest is {@code (other)}, see {@link Folding}; so it is at once where the rows are
 * not complete any more.
 */
public final class DayRollup {
    /** The number of the text {@code (other)}, which stands for the values beyond the cap. */
    static final int OTHER = 1;

    /** What a value takes beside its visitors: its place in a map, its number, its totals, an empty set. */
    public static final int VALUE_BYTES = 240;

    private static final int VISITOR_BYTES = 4;
    private static final int BYTES = 2_000;

    public final int siteId;
    public final int day;
    public VisitorSet visitors = new VisitorSet();

    @Fixed("the quarters of a day")
    public final Map<Integer, VisitorSet> quarters = new TreeMap<>();

    /** Those whose sets are in the database only, up to date, while the day is open. */
    @Fixed("the quarters of a day")
    public final Set<Integer> storedQuarters = new TreeSet<>();

    private final int capacity;
    private final boolean rowsComplete;

    @Bounded("storage_days")
    private final Map<RollupDimension, Map<Integer, ValueRollup>> values = new EnumMap<>(RollupDimension.class);

    @Fixed("one for each dimension")
    private final Set<RollupDimension> fromRows = EnumSet.noneOf(RollupDimension.class);

    @Fixed("one for each dimension")
    private final Set<RollupDimension> folded = EnumSet.noneOf(RollupDimension.class);

    private int capped;
    private long bytes;

    /** Whether it differs from what is stored. */
    public boolean dirty;

    /**
     * @param capacity values of one dimension at most
     * @param rowsComplete whether its rows can say what it does not
     */
    DayRollup(int siteId, int day, int capacity, boolean rowsComplete) {
        this.siteId = siteId;
        this.day = day;
        this.capacity = capacity;
        this.rowsComplete = rowsComplete;
        for (RollupDimension d : RollupDimension.values()) {
            values.put(d, new HashMap<>());
        }
    }

    /** Nothing yet of the same day, which will keep the same values and leave out or put together the same others. */
    public static DayRollup like(DayRollup other) {
        DayRollup like = new DayRollup(other.siteId, other.day, Integer.MAX_VALUE, true);
        like.fromRows.addAll(other.fromRows);
        other.folded.forEach(d -> like.fold(d, other.values.get(d).keySet()));
        return like;
    }

    /** Nothing yet of a day, which will keep one dimension: these values, and the rest as {@code (other)}. */
    static DayRollup of(int siteId, int day, RollupDimension dimension, Collection<Integer> kept) {
        DayRollup one = new DayRollup(siteId, day, Integer.MAX_VALUE, true);
        one.fromRows.addAll(EnumSet.complementOf(EnumSet.of(dimension)));
        one.fold(dimension, kept);
        return one;
    }

    private void fold(RollupDimension dimension, Collection<Integer> kept) {
        folded.add(dimension);
        kept.forEach(id -> values.get(dimension).put(id, new ValueRollup()));
    }

    public Map<Integer, ValueRollup> values(RollupDimension dimension) {
        return values.get(dimension);
    }

    /** Whether there are so many values of a dimension that only the rows have them. */
    public boolean fromRows(RollupDimension dimension) {
        return fromRows.contains(dimension);
    }

    /** Whether only the largest values of a dimension are kept, and the rest is {@code (other)}. */
    public boolean folded(RollupDimension dimension) {
        return folded.contains(dimension);
    }

    /** Takes over how the values of a dimension are stored that were too many. */
    void capped(RollupDimension dimension, boolean isFolded) {
        (isFolded ? folded : fromRows).add(dimension);
    }

    /** Before anything is added: what was put together cannot be taken apart, so that the rows must say it. */
    public void unfold() {
        if (rowsComplete) {
            List.copyOf(folded).forEach(this::giveUp);
        }
    }

    /** From now on, the values of a dimension are in the rows only. */
    private void giveUp(RollupDimension dimension) {
        folded.remove(dimension);
        fromRows.add(dimension);
        values.put(dimension, new HashMap<>());
    }

    /** Gives up the dimension that takes the most, where rows can say it; whether there was one. */
    public boolean giveUpLargest() {
        Optional<RollupDimension> largest = rowsComplete
                ? values.keySet().stream()
                        .filter(d -> !values.get(d).isEmpty())
                        .max(Comparator.comparingLong(this::bytes))
                : Optional.empty();
        largest.ifPresent(this::giveUp);
        measure();
        return largest.isPresent();
    }

    /** About the bytes that it holds; never much less. */
    public long bytes() {
        return bytes;
    }

    /** The same, looked at closely. */
    public long measure() {
        bytes = BYTES + visitors.measure();
        for (VisitorSet quarter : quarters.values()) {
            bytes += VALUE_BYTES + quarter.measure();
        }
        for (RollupDimension d : values.keySet()) {
            bytes += bytes(d);
        }
        return bytes;
    }

    private long bytes(RollupDimension dimension) {
        long sum = 0;
        for (ValueRollup value : values.get(dimension).values()) {
            sum += VALUE_BYTES + value.visitors.measure();
        }
        return sum;
    }

    /** Forgets the set of a quarter, which is stored. */
    public void leave(int quarter) {
        quarters.remove(quarter);
        storedQuarters.add(quarter);
    }

    /** Takes back the set of a quarter that it has left. */
    public void takeBack(int quarter, VisitorSet set) {
        quarters.put(quarter, set);
        storedQuarters.remove(quarter);
    }

    public VisitorSet quarter(int quarter) {
        VisitorSet set = quarters.get(quarter);
        if (set == null) {
            set = new VisitorSet();
            quarters.put(quarter, set);
            bytes += VALUE_BYTES;
        }
        return set;
    }

    /** The figures of a value, or of {@code (other)}, or null when only the rows have them. */
    ValueRollup value(RollupDimension dimension, int id) {
        Map<Integer, ValueRollup> known = values.get(dimension);
        ValueRollup value = known.get(id);
        if (value != null) {
            return value;
        }
        if (fromRows.contains(dimension)) {
            capped++;
            return null;
        }
        if (id != OTHER && (folded.contains(dimension) || known.size() >= capacity)) {
            return beyondCap(dimension);
        }
        value = new ValueRollup();
        known.put(id, value);
        bytes += VALUE_BYTES;
        return value;
    }

    private ValueRollup beyondCap(RollupDimension dimension) {
        capped++;
        if (rowsComplete && !folded.contains(dimension)) {
            giveUp(dimension);
            return null;
        }
        folded.add(dimension);
        return value(dimension, OTHER);
    }

    public DayRollup copy() {
        DayRollup copy = new DayRollup(siteId, day, capacity, rowsComplete);
        copy.visitors = visitors.copy();
        quarters.forEach((quarter, set) -> copy.quarters.put(quarter, set.copy()));
        copy.storedQuarters.addAll(storedQuarters);
        values.forEach((dimension, originals) -> {
            Map<Integer, ValueRollup> copies = copy.values.get(dimension);
            originals.forEach((id, value) -> copies.put(id, value.copy()));
        });
        copy.fromRows.addAll(fromRows);
        copy.folded.addAll(folded);
        return copy;
    }

    /** How often a value was not kept apart since this was last asked. */
    public int takeCapped() {
        int n = capped;
        capped = 0;
        return n;
    }

    /**
     * Takes the part that some visitors have in it for another one.
     *
     * @param out of the same visitors, as it is by now
     * @param in of the same visitors, as it is to be
     */
    public void replace(DayRollup out, DayRollup in) {
        visitors.replace(out.visitors, in.visitors);
        for (int quarter : union(out.quarters.keySet(), in.quarters.keySet())) {
            quarter(quarter).replace(out.quarter(quarter), in.quarter(quarter));
        }
        for (RollupDimension d : RollupDimension.values()) {
            for (int id : union(out.values(d).keySet(), in.values(d).keySet())) {
                ValueRollup value = fromRows(d) ? null : value(d, id);
                if (value != null) {
                    value.replace(out.values(d).get(id), in.values(d).get(id));
                    if (value.isNothing()) {
                        values(d).remove(id);
                    }
                }
            }
        }
        measure();
    }

    private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
        Set<Integer> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** A visit's figures, which belong to the day that it started. */
    public void visit(VisitFact visit) {
        for (RollupDimension d : RollupDimension.OF_VISIT) {
            int now = visit.valueId(d);
            int before = visit.valueIdBefore(d);
            if (visit.opened() || now == before) {
                ValueRollup value = value(d, now);
                if (value != null) {
                    value.totals.add(visit);
                }
            } else {
                change(d, before, value -> value.totals.visit(visit.before, -1));
                change(d, now, value -> value.totals.visit(visit.after, 1));
            }
        }
    }

    private void change(RollupDimension dimension, int id, Consumer<ValueRollup> how) {
        ValueRollup value = value(dimension, id);
        if (value != null) {
            how.accept(value);
        }
    }

    /** Moves what a visit had on this day from the values it had to those it has. */
    public void move(VisitFact visit, int pageViews, int events) {
        for (RollupDimension d : RollupDimension.MOVING) {
            int now = visit.valueId(d);
            int before = visit.valueIdBefore(d);
            if (now != before) {
                change(d, before, from -> {
                    from.totals.hits(-pageViews, -events);
                    from.visitors.discount(visit.visitorId);
                });
                change(d, now, to -> {
                    to.totals.hits(pageViews, events);
                    add(to.visitors, true, visit.visitorId);
                });
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
            if (value != null) {
                value.totals.hits(pageViews, events);
                if (first) {
                    add(value.visitors, d.moves(), visit.visitorId);
                }
            }
        }
        if (first) {
            add(visitors, false, visit.visitorId);
        }
    }

    private void add(VisitorSet set, boolean counting, int visitor) {
        boolean added = counting ? set.count(visitor) : set.add(visitor);
        if (added) {
            bytes += VISITOR_BYTES;
        } else if (counting) {
            bytes += VisitorSet.AGAIN_BYTES;
        }
    }

    /** What is a hit's own: its quarter of an hour and its page. */
    public void hit(HitFact hit) {
        add(quarter(hit.quarter()), false, hit.visitorId());
        ValueRollup page = value(RollupDimension.PAGE, hit.pathId());
        if (page != null) {
            page.totals.add(hit);
            add(page.visitors, false, hit.visitorId());
        }
    }
}
