package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.rollup.ValueRollup;
import io.millrace.storage.sqlite.internal.rollup.VisitorSet;
import io.millrace.storage.sqlite.internal.sql.FactSql;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/** Breakdowns by one dimension over whole days, out of the days' values. For one query. */
final class ValuesReader {
    /** A value that is absent. */
    private static final int ABSENT = 0;

    /** So many days are looked up in the rows one by one; more are better read with all others. */
    private static final int SEVERAL = 4;

    /**
     * The values of a day that is ahead of what is stored.
     *
     * @param values by number
     * @param fromRows whether there are so many that only the rows have them
     * @param folded whether some of them are {@code (other)}
     */
    record OpenValues(int day, Map<Integer, ValueRollup> values, boolean fromRows, boolean folded) {
        static OpenValues of(DayRollup day, RollupDimension dimension) {
            Map<Integer, ValueRollup> values = new HashMap<>();
            day.values(dimension).forEach((id, value) -> values.put(id, value.copy()));
            return new OpenValues(day.day, values, day.fromRows(dimension), day.folded(dimension));
        }
    }

    private final StatementCache sql;
    private final Query query;
    private final RollupDimension dimension;
    private final DaySpan days;
    private final List<OpenValues> open;
    private final Set<Integer> openDays;
    private final HitOffsets offsets;
    private final Site site;
    private final Set<Integer> fromRows = new TreeSet<>();
    private final Map<Integer, Totals> totals = new HashMap<>();
    private boolean approximate;

    /**
     * @param open days that are ahead of what is stored, also of other times
     */
    ValuesReader(
            StatementCache sql,
            Query query,
            Site site,
            RollupDimension dimension,
            DaySpan days,
            HitOffsets offsets,
            List<OpenValues> open)
            throws SQLException {
        this.sql = sql;
        this.site = site;
        this.offsets = offsets;
        this.query = query;
        this.dimension = dimension;
        this.days = days;
        this.open = open.stream().filter(o -> days.contains(o.day())).toList();
        this.openDays = this.open.stream().map(OpenValues::day).collect(Collectors.toSet());
        capped();
        uncounted();
    }

    /** Finds the days whose values are in the rows only, or among them {@code (other)}. */
    private void capped() throws SQLException {
        for (OpenValues o : open) {
            capped(o.day(), o.fromRows(), o.folded());
        }
        PreparedStatement stored = sql.bind(
                "SELECT day, folded FROM capped_days WHERE site_id = ? AND dimension = ? AND day BETWEEN ? AND ?",
                query.siteId(),
                dimension.number(),
                days.first(),
                days.last());
        try (ResultSet rows = stored.executeQuery()) {
            while (rows.next()) {
                if (!openDays.contains(rows.getInt(1))) {
                    capped(rows.getInt(1), !rows.getBoolean(2), rows.getBoolean(2));
                }
            }
        }
    }

    /** Finds the days that are not counted since the site's time zone has changed. */
    private void uncounted() throws SQLException {
        PreparedStatement stored = sql.bind(
                "SELECT day FROM uncounted_days WHERE site_id = ? AND day BETWEEN ? AND ?",
                query.siteId(),
                days.first(),
                days.last());
        try (ResultSet rows = stored.executeQuery()) {
            while (rows.next()) {
                fromRows.add(rows.getInt(1));
            }
        }
    }

    private void capped(int day, boolean inRows, boolean folded) {
        approximate |= folded;
        if (inRows) {
            fromRows.add(day);
        }
    }

    /**
     * Whether the rows alone answer best: they have all there is, and several days of it only they have.
     *
     * @param rowsCompleteFrom the first day that has all of its rows
     */
    boolean onlyRows(int rowsCompleteFrom) {
        boolean one = days.first() == days.last() && fromRows.contains(days.first());
        return one || fromRows.size() >= SEVERAL && days.first() >= rowsCompleteFrom;
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
        return new Report(RowDraft.report(drafts, query).rows(), total, approximate);
    }

    private String where() {
        Set<Integer> except = new TreeSet<>(openDays);
        except.addAll(fromRows);
        return " FROM day_values WHERE site_id = ? AND dimension = ? AND day BETWEEN ? AND ?"
                + (except.isEmpty()
                        ? ""
                        : except.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", " AND day NOT IN (", ")")));
    }

    /** What the rows of a day say, with the value as d0. */
    private Sql facts(int day) {
        Query ofDay = Query.totals(query.siteId(), SiteDays.of(site, day).period(), site.zone(), Metric.values())
                .by(query.dimensions().get(0), 0);
        return FactSql.of(ofDay, offsets);
    }

    private void addRows(int day) throws SQLException {
        Sql select = new Sql()
                .add("SELECT d0, SUM(sessions), SUM(page_views), SUM(bounces), SUM(duration), SUM(events), SUM(engaged)"
                        + " FROM (")
                .add(facts(day))
                .add(") GROUP BY d0");
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                Totals sum = totals.computeIfAbsent(rows.getInt(1), v -> new Totals());
                if (dimension.ofVisit()) {
                    sum.add(Totals.read(rows, 2), 1);
                } else {
                    sum.hits(rows.getLong(3), rows.getLong(6));
                }
            }
        }
    }

    private void addVisitorsOfRows(int day, Map<Integer, RoaringBitmap> sets) throws SQLException {
        Sql select = new Sql()
                .add("SELECT DISTINCT d0, visitor FROM (")
                .add(facts(day))
                .add(
                        ") WHERE visitor IS NOT NULL AND d0 IN (SELECT value FROM json_each(?))",
                        SqlJson.array(sets.keySet()));
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                sets.get(rows.getInt(1)).add(rows.getInt(2));
            }
        }
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
        for (int day : fromRows) {
            addRows(day);
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
                        SqlJson.array(totals.keySet()));
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
        for (int day : fromRows) {
            addVisitorsOfRows(day, sets);
        }
        sets.forEach((id, set) -> totals.get(id).visitors = set.getCardinality());
    }

    private Map<Integer, String> texts(Collection<Integer> ids) throws SQLException {
        Map<Integer, String> texts = new HashMap<>();
        texts.put(ABSENT, null);
        PreparedStatement s =
                sql.bind("SELECT id, text FROM texts WHERE id IN (SELECT value FROM json_each(?))", SqlJson.array(ids));
        try (ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                texts.put(rows.getInt(1), rows.getString(2));
            }
        }
        return texts;
    }
}
