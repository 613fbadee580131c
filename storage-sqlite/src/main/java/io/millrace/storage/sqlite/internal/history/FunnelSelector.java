package io.millrace.storage.sqlite.internal.history;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Property;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.scan.Selection;
import io.millrace.storage.sqlite.internal.scan.ValueSet;
import io.millrace.storage.sqlite.internal.scan.VisitSelector;
import java.sql.SQLException;
import java.util.Map;

/** Takes the hits of a segment that take steps. Not thread-safe. */
final class FunnelSelector extends VisitSelector {
    private final FunnelQuery query;
    private final StepMarks.Tables tables;
    private final Histories out;

    /** Whether all of the segment is in the period. */
    private final boolean within;

    /** Whether hits that take no step matter, because they lie between those that do. */
    private final boolean allHits;

    private StepMarks marks;

    /** The number of what hits are counted by, by the number in the column; null: the same. */
    private int[] valueOf;

    // The columns, while a range is gathered.
    private Packed visitors;
    private Packed identified;
    private Packed starts;
    private Packed offsets;
    private Packed ids;
    private Packed visitValues;
    private Packed hitValues;

    FunnelSelector(Segment segment, Selection selection, FunnelQuery query, StepMarks.Tables tables, Histories out) {
        super(segment, selection, out);
        this.query = query;
        this.tables = tables;
        this.out = out;
        this.within = segment.earliest() >= query.period().from()
                && segment.latest() < query.period().to();
        this.allHits = query.strict();
    }

    @Override
    protected boolean open() throws SQLException {
        columns.open(segment);
        visitors = segment.column(PackColumn.VISITOR);
        identified = query.days() > 0 ? segment.column(PackColumn.IDENTIFIED) : null;
        starts = segment.column(PackColumn.START);
        offsets = segment.column(PackColumn.OFFSET);
        ids = segment.column(PackColumn.ID);
        visitValues = selection.visitColumns.isEmpty() ? null : segment.column(selection.visitColumns.get(0));
        hitValues = selection.hitValues.isEmpty() ? null : columns.of(selection.hitValues.get(0));
        if (marks != null) {
            marks.open();
        }
        return true;
    }

    @Override
    protected void prepare(Map<Filter, ValueSet> values) throws SQLException {
        super.prepare(values);
        marks = new StepMarks(tables, values, columns);
        marks.open();
        if (query.dimension() instanceof Property) {
            valueOf = selection.properties(segment).values().get(0);
        }
    }

    @Override
    protected void take(int n, int end, boolean byHit) {
        int[] places = places();
        int v = visit;
        for (int i = 0; i < n; i++) {
            skip(v, places[i]);
            v = places[i];
            int count = counts.getInt(v);
            if (completed(v, count) && (!selection.filtersHits() || test.mayHave(count, pages.getInt(v)))) {
                take(v, count);
            }
        }
        skip(v, end);
    }

    private void take(int place, int count) {
        boolean cookieless = identified != null && identified.get(place) == 0;
        long start = segment.dayStart() + starts.get(place);
        int before = out.steps.size;
        int taken = cookieless ? anyHit(place, start, count) : hits(place, start, count);
        boolean matters = query.days() > 0 ? taken != 0 || allHits && out.steps.size > before : (taken & 1) != 0;
        if (!matters) {
            out.steps.size = before;
            out.times.cut(before);
            out.hitValues.size = hitValues == null ? 0 : before;
            return;
        }
        out.visitor.add(visitors.getInt(place));
        out.identified.add(cookieless ? 0 : 1);
        out.starts.add(start);
        out.ids.add(ids.get(place));
        out.end.add(out.steps.size);
        if (visitValues != null) {
            out.values.add(selection.visitValues.get(0).value(visitValues.getInt(place)));
        }
    }

    /** Whether a visit has a selected hit in the period: 1 or 0. */
    private int anyHit(int place, long start, int count) {
        boolean pageViews = selection.filtersHits() && test.pageViews(hit, count);
        for (int h = hit; h < hit + count; h++) {
            if (selects(place, start, h, pageViews)) {
                return 1;
            }
        }
        return 0;
    }

    private boolean selects(int place, long start, int h, boolean pageViews) {
        return (within || query.period().contains(start + offsets.get(h)))
                && (!selection.filtersHits() || test.selects(place, h, pageViews));
    }

    /** Adds the hits of a visit that matter; which steps they take. */
    private int hits(int place, long start, int count) {
        boolean pageViews = selection.filtersHits() && test.pageViews(hit, count);
        int taken = 0;
        for (int h = hit; h < hit + count; h++) {
            int steps = marks.of(place, h);
            if ((steps != 0 || allHits) && selects(place, start, h, pageViews)) {
                taken |= steps;
                out.steps.add(steps);
                out.times.add(start + offsets.get(h));
                if (hitValues != null) {
                    out.hitValues.add(value(place, h));
                }
            }
        }
        return taken;
    }

    private int value(int place, int h) {
        int number = hitValues.getInt(h);
        if (valueOf != null) {
            return valueOf[number];
        }
        return query.dimension() == Dimension.HOSTNAME ? columns.host(number, place) : number;
    }
}
