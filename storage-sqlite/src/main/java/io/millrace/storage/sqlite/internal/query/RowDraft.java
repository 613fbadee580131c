package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import java.util.Comparator;
import java.util.List;

/** A row of a report before the report is in order. */
record RowDraft(List<String> values, Totals totals) {

    /** The report of all rows there are. */
    static Report report(List<RowDraft> rows, Query query) {
        List<RowDraft> sorted = rows.stream().sorted(order(query)).toList();
        int from = Math.min(query.offset(), sorted.size());
        int to = query.limit() == 0 ? sorted.size() : Math.min(from + query.limit(), sorted.size());
        return new Report(
                sorted.subList(from, to).stream().map(r -> r.row(query)).toList(), sorted.size());
    }

    private static Comparator<RowDraft> order(Query query) {
        Comparator<RowDraft> byValue = Comparator.comparing(RowDraft::key);
        return Comparator.<RowDraft>comparingDouble(r -> -query.order().rank(r.totals::metric))
                .thenComparing(query.order().direction() < 0 ? byValue.reversed() : byValue);
    }

    private String key() {
        return values.isEmpty() || values.get(0) == null ? "" : values.get(0);
    }

    private Report.Row row(Query query) {
        return new Report.Row(
                values, query.metrics().stream().map(totals::metric).toList());
    }
}
