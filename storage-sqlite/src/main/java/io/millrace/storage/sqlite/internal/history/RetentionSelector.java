package io.millrace.storage.sqlite.internal.history;

import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.scan.Selection;
import io.millrace.storage.sqlite.internal.scan.VisitSelector;
import java.sql.SQLException;

/** Takes when the selected visits of a segment started. Not thread-safe. */
final class RetentionSelector extends VisitSelector {
    private final Histories out;
    private final long before;

    // The columns, while a range is gathered.
    private Packed visitors;
    private Packed identified;
    private Packed starts;

    /** @param before UTC milliseconds; visits that started then or later do not matter */
    RetentionSelector(Segment segment, Selection selection, long before, Histories out) {
        super(segment, selection, out);
        this.before = before;
        this.out = out;
    }

    @Override
    protected boolean open() throws SQLException {
        visitors = segment.column(PackColumn.VISITOR);
        identified = segment.column(PackColumn.IDENTIFIED);
        starts = segment.column(PackColumn.START);
        if (selection.onHits()) {
            columns.open(segment);
        }
        return selection.onHits();
    }

    @Override
    protected void take(int n, int end, boolean byHit) {
        int[] places = places();
        int v = visit;
        for (int i = 0; i < n; i++) {
            if (byHit) {
                skip(v, places[i]);
                v = places[i];
            }
            if (!byHit || selected(places[i])) {
                add(places[i]);
            }
        }
        if (byHit) {
            skip(v, end);
        }
    }

    /** Whether the hits of a visit, which begin at {@link #hit}, are such as are asked for. */
    private boolean selected(int place) {
        int count = counts.getInt(place);
        return completed(place, count)
                && (!selection.filtersHits()
                        || test.mayHave(count, pages.getInt(place)) && test.has(place, hit, count));
    }

    private void add(int place) {
        long start = segment.dayStart() + starts.get(place);
        if (start < before) {
            out.visitor.add(visitors.getInt(place));
            out.identified.add(identified.getInt(place));
            out.starts.add(start);
        }
    }
}
