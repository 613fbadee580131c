package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Filter;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Selects visits of a segment, a range of visitors at a time, upwards; what is taken of them, those who extend it say. Not
 * thread-safe.
 */
public abstract class VisitSelector {
    protected final Segment segment;
    protected final Selection selection;

    /** What filters look at, while a range is gathered. */
    protected final HitTest.Columns columns;

    private final Gathering gathering;

    /** The first visit and hit that no range has had. */
    protected int visit;

    protected int hit;

    /** The same before the last range. */
    private int visitBefore;

    private int hitBefore;

    /** What selects hits, and visits by the goals that they completed; there when the first range is gathered. */
    protected HitTest test;

    private final List<Goals> goals = new ArrayList<>();
    private boolean prepared;
    private BitSet gone;

    // The columns, while a range is gathered.
    protected Packed counts;
    protected Packed pages;

    protected VisitSelector(Segment segment, Selection selection, Gathering gathering) {
        this.segment = segment;
        this.selection = selection;
        this.gathering = gathering;
        this.columns = new HitTest.Columns(selection);
    }

    /** Opens the columns that are needed beside the numbers of hits; whether hits are looked at. */
    protected abstract boolean open() throws SQLException;

    /** Takes of the segment what holds for all ranges. */
    protected void prepare(Map<Filter, ValueSet> values) throws SQLException {
        test = new HitTest(selection.hitFilters, values, columns);
        for (Selection.GoalFilter filter : selection.goalFilters) {
            List<HitTest> tests = filter.goals().stream()
                    .map(goal -> new HitTest(goal, values, columns))
                    .toList();
            goals.add(new Goals(tests, filter.selected()));
        }
    }

    /**
     * Takes visits, the first of which no range has had.
     *
     * @param n how many of {@link #places} are those of the visits that are selected by their own attributes
     * @param end the visit behind the last one of the range
     * @param byHit whether hits are looked at
     */
    protected abstract void take(int n, int end, boolean byHit) throws SQLException;

    /** Adds what it has of the visitors up to this number, exclusive, but from another one. */
    final void gather(long firstVisitor, long endVisitor) throws SQLException {
        visitBefore = visit;
        hitBefore = hit;
        Packed visitors = segment.column(PackColumn.VISITOR);
        int begin = find(visitors, visit, segment.visits(), firstVisitor);
        int end = find(visitors, begin, segment.visits(), endVisitor);
        if (begin == end) {
            return;
        }
        counts = segment.column(PackColumn.HITS);
        pages = segment.column(PackColumn.PAGES);
        boolean byHit = open();
        if (byHit) {
            skip(visit, begin);
        }
        if (!prepared) {
            gone = segment.gone();
            prepare(selection.hitValuesIn(segment));
            prepared = true;
        }
        visit = begin;
        take(select(begin, end), end, byHit);
        visit = end;
    }

    /** Passes over the hits of visits. */
    protected final void skip(int from, int to) {
        for (int v = from; v < to; v++) {
            hit += counts.getInt(v);
        }
    }

    /** The last range is to come again. */
    final void takeBack() {
        visit = visitBefore;
        hit = hitBefore;
    }

    /** Visits by the goals that they completed, see {@link Selection.GoalFilter}. */
    private record Goals(List<HitTest> tests, boolean selected) {
        boolean select(int place, int firstHit, int count, int pageViews) {
            for (HitTest goal : tests) {
                if (goal.mayHave(count, pageViews) && goal.has(place, firstHit, count)) {
                    return selected;
                }
            }
            return !selected;
        }
    }

    /** Whether a visit, whose hits begin at {@link #hit}, is selected by the goals that it completed. */
    protected final boolean completed(int place, int count) {
        for (Goals some : goals) {
            if (!some.select(place, hit, count, pages.getInt(place))) {
                return false;
            }
        }
        return true;
    }

    /** The first place from one on whose number is not less. */
    private static int find(Packed sorted, int from, int size, long number) {
        int low = from;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle) < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Places of visits in the segment. */
    protected final int[] places() {
        return gathering.places();
    }

    /** Puts the visits whose own attributes are selected into {@link #places}; how many. */
    private int select(int begin, int end) throws SQLException {
        int[] places = gathering.places(end - begin);
        int n = 0;
        for (int v = begin; v < end; v++) {
            places[n++] = v;
        }
        for (Selection.VisitFilter filter : selection.visitFilters) {
            Packed column = segment.column(filter.column());
            ValueSet values = filter.values();
            int kept = 0;
            for (int i = 0; i < n; i++) {
                places[kept] = places[i];
                kept += values.selects(column.getInt(places[i])) ? 1 : 0;
            }
            n = kept;
        }
        return gone == null ? n : withoutGone(places, n);
    }

    private int withoutGone(int[] places, int n) {
        int kept = 0;
        for (int i = 0; i < n; i++) {
            places[kept] = places[i];
            kept += gone.get(places[i]) ? 0 : 1;
        }
        return kept;
    }
}
