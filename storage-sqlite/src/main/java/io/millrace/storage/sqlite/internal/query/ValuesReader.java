package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Metric;
import io.millrace.engine.Order;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.dictionary.Texts;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.rollup.ValueRollup;
import io.millrace.storage.sqlite.internal.rollup.VisitorSet;
import io.millrace.storage.sqlite.internal.scan.Scan;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/** Breakdowns by one dimension over whole days, out of the days' values. For one query. */
final class ValuesReader {
    /** So many days without values are counted apart; where there are more, all days are better counted together. */
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
    private final Site site;
    private final SiteScan scan;

    /** Days whose values no roll-up has. */
    private final Set<Integer> missing = new TreeSet<>();

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
            SiteScan scan,
            List<OpenValues> open)
            throws SQLException {
        this.sql = sql;
        this.site = site;
        this.scan = scan;
        this.query = query;
        this.dimension = dimension;
        this.days = days;
        this.open = open.stream().filter(o -> days.contains(o.day())).toList();
        this.openDays = this.open.stream().map(OpenValues::day).collect(Collectors.toSet());
        capped();
        uncounted();
    }

    /** Finds the days whose values no roll-up has, or among them {@code (other)}. */
    private void capped() throws SQLException {
        for (OpenValues o : open) {
            capped(o.day(), o.fromRows(), o.folded());
        }
        sql.each(
                "SELECT day, folded FROM capped_days WHERE site_id = ? AND dimension = ? AND day BETWEEN ? AND ?",
                row -> {
                    if (!openDays.contains(row.getInt(1))) {
                        capped(row.getInt(1), !row.getBoolean(2), row.getBoolean(2));
                    }
                },
                query.siteId(),
                dimension.number(),
                days.first(),
                days.last());
    }

    /** Finds the days that are not counted since the site's time zone has changed. */
    private void uncounted() throws SQLException {
        sql.each(
                "SELECT day FROM uncounted_days WHERE site_id = ? AND day BETWEEN ? AND ?",
                row -> missing.add(row.getInt(1)),
                query.siteId(),
                days.first(),
                days.last());
    }

    private void capped(int day, boolean inRows, boolean folded) {
        approximate |= folded;
        if (inRows) {
            missing.add(day);
        }
    }

    /**
     * Whether it is better to count without roll-ups: they lack several of the days, or all there is.
     *
     * @param complete the first day of which there is more than roll-ups
     */
    boolean useless(int complete) {
        boolean one = days.first() == days.last() && missing.contains(days.first());
        return one || missing.size() >= SEVERAL && days.first() >= complete;
    }

    Report run() throws SQLException {
        sums();
        totals.values().removeIf(Totals::nobody);
        int total = totals.size();
        Order order = query.order();
        boolean late = order.byMetric()
                && order.metric() != Metric.VISITORS
                && order.per() != Metric.VISITORS
                && query.limit() > 0;
        if (late) {
            keepTop(query.offset() + query.limit());
        }
        if (query.metrics().contains(Metric.VISITORS)) {
            visitors();
        }
        Map<Integer, String> texts = Texts.of(sql, totals.keySet());
        List<RowDraft> drafts = new ArrayList<>();
        totals.forEach((id, sum) -> drafts.add(new RowDraft(Collections.singletonList(texts.get(id)), sum)));
        return new Report(RowDraft.report(drafts, query).rows(), total, approximate);
    }

    private String where() {
        Set<Integer> except = new TreeSet<>(openDays);
        except.addAll(missing);
        return " FROM day_values WHERE site_id = ? AND dimension = ? AND day BETWEEN ? AND ?"
                + (except.isEmpty()
                        ? ""
                        : except.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", " AND day NOT IN (", ")")));
    }

    /** What the days say that roll-ups do not have, days in a row at a time. */
    private List<Map<Integer, Scan.Counted>> uncounted(IntPredicate named) throws SQLException {
        List<Map<Integer, Scan.Counted>> counted = new ArrayList<>();
        for (int day : missing) {
            if (!missing.contains(day - 1)) {
                int end = day + 1;
                while (missing.contains(end)) {
                    end++;
                }
                Period period = new Period(site.startOfDay(day), site.startOfDay(end));
                Query part = Query.totals(query.siteId(), period, site.zone(), Totals.METRICS.toArray(Metric[]::new));
                counted.add(scan.byNumber(part.by(query.dimensions().get(0), 0), named));
            }
        }
        return counted;
    }

    private void sums() throws SQLException {
        new Sql()
                .add(
                        "SELECT value_id, " + Totals.SUMS + where() + " GROUP BY value_id",
                        query.siteId(),
                        dimension.number(),
                        days.first(),
                        days.last())
                .each(sql, row -> totals.put(row.getInt(1), Totals.read(row, 2)));
        for (OpenValues o : open) {
            o.values()
                    .forEach((id, value) ->
                            totals.computeIfAbsent(id, v -> new Totals()).add(value.totals, 1));
        }
        for (Map<Integer, Scan.Counted> values : uncounted(number -> false)) {
            values.forEach(
                    (id, value) -> totals.computeIfAbsent(id, v -> new Totals()).add(SiteScan.totals(value), 1));
        }
    }

    /** Keeps the rows that may be among the first {@code n}: all that reach what the n-th has. */
    private void keepTop(int n) {
        if (totals.size() > n) {
            double least = -totals.values().stream()
                    .mapToDouble(t -> -query.order().rank(t::metric))
                    .sorted()
                    .skip(n - 1L)
                    .findFirst()
                    .orElseThrow();
            totals.values().removeIf(t -> query.order().rank(t::metric) < least);
        }
    }

    private void visitors() throws SQLException {
        Map<Integer, RoaringBitmap> sets = new HashMap<>();
        totals.keySet().forEach(id -> sets.put(id, new RoaringBitmap()));
        new Sql()
                .add(
                        "SELECT value_id, visitors" + where() + " AND value_id IN (SELECT value FROM json_each(?))",
                        query.siteId(),
                        dimension.number(),
                        days.first(),
                        days.last(),
                        SqlJson.array(totals.keySet()))
                .each(sql, row -> VisitorSet.addTo(sets.get(row.getInt(1)), row.getBytes(2)));
        for (OpenValues o : open) {
            sets.forEach((id, set) -> {
                ValueRollup value = o.values().get(id);
                if (value != null) {
                    value.visitors.addTo(set);
                }
            });
        }
        for (Map<Integer, Scan.Counted> values : uncounted(sets::containsKey)) {
            sets.forEach((id, set) -> {
                if (values.containsKey(id)) {
                    set.or(values.get(id).visitors());
                }
            });
        }
        sets.forEach((id, set) -> totals.get(id).visitors = set.getCardinality());
    }
}
