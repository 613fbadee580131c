package io.millrace.storage.sqlite.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one site's day beside its written-through figures: its visitors, those of each 15 minutes, and the
 * figures of each value of each dimension. Mutable, not thread-safe.
 */
final class DayBook {
    /** The number of the text {@code (other)}, which stands for the values beyond the cap. */
    static final int OTHER = 1;

    final int siteId;
    final int day;
    final VisitorSet visitors = new VisitorSet();
    final Map<Integer, VisitorSet> quarters = new TreeMap<>();
    private final int capacity;

    private final List<Map<Integer, Cell>> values = new ArrayList<>(Rolled.COUNT);

    private int capped;

    /** Whether it differs from what is stored. */
    boolean dirty;

    /** @param capacity values of one dimension at most */
    DayBook(int siteId, int day, int capacity) {
        this.siteId = siteId;
        this.day = day;
        this.capacity = capacity;
        for (int i = 0; i < Rolled.COUNT; i++) {
            values.add(new HashMap<>());
        }
    }

    Map<Integer, Cell> values(int rolled) {
        return values.get(rolled);
    }

    VisitorSet quarter(int quarter) {
        return quarters.computeIfAbsent(quarter, q -> new VisitorSet());
    }

    /** The cell of a value, or of {@code (other)} when there are too many. */
    Cell cell(int rolled, int value) {
        Map<Integer, Cell> cells = values.get(rolled);
        Cell cell = cells.get(value);
        if (cell != null) {
            return cell;
        }
        if (cells.size() >= capacity && value != OTHER) {
            capped++;
            return cell(rolled, OTHER);
        }
        cell = new Cell();
        cells.put(value, cell);
        return cell;
    }

    DayBook copy() {
        DayBook copy = new DayBook(siteId, day, capacity);
        copy.visitors.merge(visitors, false);
        quarters.forEach((quarter, set) -> copy.quarters.put(quarter, set.copy()));
        for (int i = 0; i < values.size(); i++) {
            Map<Integer, Cell> cells = copy.values.get(i);
            values.get(i).forEach((value, cell) -> cells.put(value, cell.copy()));
        }
        return copy;
    }

    /** How often a value was counted as {@code (other)} since this was last asked. */
    int takeCapped() {
        int n = capped;
        capped = 0;
        return n;
    }

    /** A visit's figures, which belong to the day that it started. */
    void visit(VisitFact visit) {
        for (int i = 0; i < Rolled.PAGE; i++) {
            int now = visit.value(i);
            int before = visit.valueBefore(i);
            if (visit.opened() || now == before) {
                cell(i, now).tally.add(visit);
            } else {
                cell(i, before).tally.visit(visit.before, -1);
                cell(i, now).tally.visit(visit.after, 1);
            }
        }
    }

    /** Moves what a visit had on this day from the values it had to those it has. */
    void move(VisitFact visit, int pageViews, int events) {
        for (int i = Rolled.ENTRY; i <= Rolled.EXIT; i++) {
            int now = visit.value(i);
            int before = visit.valueBefore(i);
            if (now != before) {
                Cell from = cell(i, before);
                from.tally.hits(-pageViews, -events);
                from.visitors.discount(visit.visitorId);
                Cell to = cell(i, now);
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
    void hits(VisitFact visit, int pageViews, int events, boolean first) {
        for (int i = 0; i < Rolled.PAGE; i++) {
            Cell cell = cell(i, visit.value(i));
            cell.tally.hits(pageViews, events);
            if (first) {
                add(cell.visitors, i, visit.visitorId);
            }
        }
        if (first) {
            visitors.add(visit.visitorId);
        }
    }

    private static void add(VisitorSet set, int rolled, int visitor) {
        if (Rolled.moves(rolled)) {
            set.count(visitor);
        } else {
            set.add(visitor);
        }
    }

    /** What is a hit's own: its quarter of an hour and its page. */
    void hit(HitFact hit) {
        quarter(hit.quarter()).add(hit.visitorId());
        Cell page = cell(Rolled.PAGE, hit.pathId());
        page.tally.add(hit);
        page.visitors.add(hit.visitorId());
    }

    /**
     * Puts values into {@code (other)} that another book of the same day has there, so that the two can be compared.
     */
    void foldLike(DayBook other) {
        for (int i = 0; i < Rolled.COUNT; i++) {
            if (other.values.get(i).containsKey(OTHER)) {
                fold(i, other.values.get(i));
            }
        }
    }

    private void fold(int rolled, Map<Integer, Cell> like) {
        for (Integer value : values.get(rolled).keySet().stream()
                .filter(v -> !like.containsKey(v) && v != OTHER)
                .toList()) {
            Cell folded = values.get(rolled).remove(value);
            Cell into = values.get(rolled).computeIfAbsent(OTHER, o -> new Cell());
            into.tally.add(folded.tally, 1);
            into.visitors.merge(folded.visitors, Rolled.moves(rolled));
        }
    }
}
