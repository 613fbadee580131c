package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.rollup.ValueRollup;
import io.millrace.storage.sqlite.internal.rollup.VisitorSet;
import io.millrace.storage.sqlite.internal.sql.JsonArray;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** Breakdowns by one dimension over whole days, out of the days' values. For one query. */
final class ValuesReader {
    /** A value that is absent. */
    private static final int ABSENT = 0;

    /**
     * The values of a day that is ahead of what is stored.
     *
     * @param values by number
     */
    record OpenValues(int day, Map<Integer, ValueRollup> values) {
        static OpenValues of(DayRollup day, RollupDimension dimension) {
            Map<Integer, ValueRollup> values = new HashMap<>();
            day.values(dimension).forEach((id, value) -> values.put(id, value.copy()));
            return new OpenValues(day.day, values);
        }
    }

    private final StatementCache sql;
    private final Query query;
    private final RollupDimension dimension;
    private final DaySpan days;
    private final List<OpenValues> open;
    private final Map<Integer, Totals> totals = new HashMap<>();

    /**
     * @param open days that are ahead of what is stored, also of other times
     */
    ValuesReader(StatementCache sql, Query query, RollupDimension dimension, DaySpan days, List<OpenValues> open) {
        this.sql = sql;
        this.query = query;
        this.dimension = dimension;
        this.days = days;
        this.open = open.stream().filter(o -> days.contains(o.day())).toList();
    }

    Report run() throws SQLException {
        sums();
        totals.values().removeIf(Totals::nobody);
        int total = totals.size();
        boolean late = RowDraft.byMetric(query) && query.orderBy() != Metric.VISITORS && query.limit() > 0;
        if (late) {
            keepTop(query.offset() + query.limit());
        }
        if (query.metrics().contains(Metric.VISITORS)) {
            visitors();
        }
        Map<Integer, String> texts = texts(totals.keySet());
        List<RowDraft> drafts = new ArrayList<>();
        totals.forEach((id, sum) -> drafts.add(new RowDraft(Collections.singletonList(texts.get(id)), sum)));
        return new Report(RowDraft.report(drafts, query).rows(), total);
    }

    private String where() {
        StringBuilder except = new StringBuilder();
        for (OpenValues o : open) {
            except.append(except.isEmpty() ? " AND day NOT IN (" : ", ").append(o.day());
        }
        return " FROM day_values WHERE site_id = ? AND dimension = ? AND day BETWEEN ? AND ?"
                + (except.isEmpty() ? "" : except + ")");
    }

    private void sums() throws SQLException {
        Sql select = new Sql()
                .add(
                        "SELECT value_id, " + Totals.SUMS + where() + " GROUP BY value_id",
                        query.siteId(),
                        dimension.number(),
                        days.first(),
                        days.last());
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                totals.put(rows.getInt(1), Totals.read(rows, 2));
            }
        }
        for (OpenValues o : open) {
            o.values()
                    .forEach((id, value) ->
                            totals.computeIfAbsent(id, v -> new Totals()).add(value.totals, 1));
        }
    }

    /** Keeps the rows that may be among the first {@code n}: all that reach what the n-th has. */
    private void keepTop(int n) {
        if (totals.size() > n) {
            long least = totals.values().stream()
                    .mapToLong(t -> -t.metric(query.orderBy()))
                    .sorted()
                    .skip(n - 1L)
                    .findFirst()
                    .orElseThrow();
            totals.values().removeIf(t -> -t.metric(query.orderBy()) > least);
        }
    }

    private void visitors() throws SQLException {
        Map<Integer, RoaringBitmap> sets = new HashMap<>();
        totals.keySet().forEach(id -> sets.put(id, new RoaringBitmap()));
        Sql select = new Sql()
                .add(
                        "SELECT value_id, visitors" + where() + " AND value_id IN (SELECT value FROM json_each(?))",
                        query.siteId(),
                        dimension.number(),
                        days.first(),
                        days.last(),
                        JsonArray.of(totals.keySet()));
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                VisitorSet.addTo(sets.get(rows.getInt(1)), rows.getBytes(2));
            }
        }
        for (OpenValues o : open) {
            sets.forEach((id, set) -> {
                ValueRollup value = o.values().get(id);
                if (value != null) {
                    value.visitors.addTo(set);
                }
            });
        }
        sets.forEach((id, set) -> totals.get(id).visitors = set.getCardinality());
    }

    private Map<Integer, String> texts(Collection<Integer> ids) throws SQLException {
        Map<Integer, String> texts = new HashMap<>();
        texts.put(ABSENT, null);
        PreparedStatement s =
                sql.bind("SELECT id, text FROM texts WHERE id IN (SELECT value FROM json_each(?))", JsonArray.of(ids));
        try (ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                texts.put(rows.getInt(1), rows.getString(2));
            }
        }
        return texts;
    }
}
