package io.millrace.storage.sqlite.internal.history;

import io.millrace.engine.Dimension;
import io.millrace.engine.Period;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.scan.Selection;
import io.millrace.storage.sqlite.internal.scan.ValueSet;
import io.millrace.storage.sqlite.internal.scan.VisitSelector;
import java.sql.SQLException;

/** Takes the page views of a segment that are selected in a period, and events of one kind. Not thread-safe. */
final class WalkSelector extends VisitSelector {
    private final Period period;

    /** The names of the events; null: none are taken. */
    private final ValueSet events;

    private final Histories out;

    /** Whether all of the segment is in the period. */
    private final boolean within;

    // The columns, while a range is gathered.
    private Packed visitors;
    private Packed starts;
    private Packed offsets;
    private Packed ids;
    private Packed paths;
    private Packed names;

    WalkSelector(Segment segment, Selection selection, Period period, ValueSet events, Histories out) {
        super(segment, selection, out);
        this.period = period;
        this.events = events;
        this.out = out;
        this.within = segment.earliest() >= period.from() && segment.latest() < period.to();
    }

    @Override
    protected boolean open() throws SQLException {
        columns.open(segment);
        visitors = segment.column(PackColumn.VISITOR);
        starts = segment.column(PackColumn.START);
        offsets = segment.column(PackColumn.OFFSET);
        ids = segment.column(PackColumn.ID);
        paths = columns.of(Dimension.PAGE);
        names = columns.of(Dimension.EVENT);
        return true;
    }

    @Override
    protected void take(int n, int end, boolean byHit) {
        int[] places = places();
        boolean filtered = selection.filtersHits();
        int v = visit;
        for (int i = 0; i < n; i++) {
            skip(v, places[i]);
            v = places[i];
            int count = counts.getInt(v);
            if (completed(v, count) && (!filtered || test.mayHave(count, pages.getInt(v)))) {
                hits(v, count, filtered);
            }
        }
        skip(v, end);
    }

    /** Takes the hits of a visit. */
    private void hits(int place, int count, boolean filtered) {
        int before = out.steps.size;
        long start = segment.dayStart() + starts.get(place);
        boolean pageViews = filtered && test.pageViews(hit, count);
        for (int h = hit; h < hit + count; h++) {
            int name = names.getInt(h);
            if (name != 0 && (events == null || !events.selects(name))) {
                continue;
            }
            long time = start + offsets.get(h);
            if ((within || period.contains(time)) && (!filtered || test.selects(place, h, pageViews))) {
                out.steps.add(name == 0 ? 0 : 1);
                out.hitValues.add(paths.getInt(h));
                out.times.add(time);
            }
        }
        if (out.steps.size > before) {
            out.visitor.add(visitors.getInt(place));
            out.starts.add(start);
            out.ids.add(ids.get(place));
            out.end.add(out.steps.size);
        }
    }
}
