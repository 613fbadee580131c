package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.rollup.VisitorSet;
import io.millrace.storage.sqlite.internal.scan.Scan;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** Totals and series out of days, quarters of an hour, and visits where a period is cut finer. For one query. */
final class SeriesReader {
    private static final long ALL = 0;

    /** One row of the report in the making. */
    private static final class Bucket {
        final Totals totals = new Totals();
        final RoaringBitmap visitors = new RoaringBitmap();
    }

    /**
     * The sets of visitors of a day that is ahead of what is stored.
     *
     * @param quarters by number
     * @param stored numbers of those that are not ahead
     */
    record OpenSets(int day, VisitorSet visitors, Map<Integer, VisitorSet> quarters, Set<Integer> stored) {
        static OpenSets of(DayRollup day) {
            Map<Integer, VisitorSet> quarters = new TreeMap<>();
            day.quarters.forEach((quarter, set) -> quarters.put(quarter, set.copy()));
            return new OpenSets(day.day, day.visitors.copy(), quarters, Set.copyOf(day.storedQuarters));
        }
    }

    private final StatementCache sql;
    private final Query query;
    private final Site site;
    private final SiteScan scan;
    private final List<OpenSets> open;
    private final Dimension time;
    private final boolean visitors;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();

    SeriesReader(StatementCache sql, Query query, Site site, SiteScan scan, List<OpenSets> open) {
        this.sql = sql;
        this.query = query;
        this.site = site;
        this.scan = scan;
        this.open = open;
        this.time = query.dimensions().isEmpty()
                ? null
                : (Dimension) query.dimensions().get(0);
        this.visitors = query.metrics().contains(Metric.VISITORS);
    }

    Report run() throws SQLException {
        Period period = DataExtent.of(sql, site.id()).clip(query.period());
        boolean days = (time == null || time != Dimension.HOUR && query.zone().equals(site.zone())) && counted();
        PeriodSplit pieces = PeriodSplit.of(period, site, days);
        if (!pieces.days().isEmpty()) {
            days(pieces.days());
        }
        for (Quarters.Range range : pieces.quarters()) {
            if (!range.isEmpty()) {
                quarters(range);
            }
        }
        for (Period edge : pieces.edges()) {
            if (edge.from() < edge.to()) {
                edge(edge);
            }
        }
        return report();
    }

    /** Whether the roll-ups by day are those of the site's time zone. */
    private boolean counted() throws SQLException {
        return sql.number(0, "SELECT 1 FROM uncounted_days WHERE site_id = ? LIMIT 1", site.id()) == 0;
    }

    private Bucket bucket(long millis) {
        long key = time == null ? ALL : TimeBuckets.of(time, millis, query.zone());
        return buckets.computeIfAbsent(key, k -> new Bucket());
    }

    private void days(DaySpan days) throws SQLException {
        sql.each(
                "SELECT date, " + Totals.COLUMNS + " FROM daily_stats WHERE site_id = ? AND date BETWEEN ? AND ?",
                row -> {
                    int day = (int) LocalDate.parse(row.getString(1)).toEpochDay();
                    bucket(site.startOfDay(day)).totals.add(Totals.read(row, 2), 1);
                },
                site.id(),
                LocalDate.ofEpochDay(days.first()).toString(),
                LocalDate.ofEpochDay(days.last()).toString());
        if (visitors) {
            daySets(days);
        }
    }

    private void daySets(DaySpan days) throws SQLException {
        sql.each(
                "SELECT day, visitors FROM day_sets WHERE site_id = ? AND day BETWEEN ? AND ?",
                row -> {
                    int day = row.getInt(1);
                    if (open.stream().noneMatch(o -> o.day() == day)) {
                        VisitorSet.addTo(bucket(site.startOfDay(day)).visitors, row.getBytes(2));
                    }
                },
                site.id(),
                days.first(),
                days.last());
        for (OpenSets o : open) {
            if (days.contains(o.day())) {
                o.visitors().addTo(bucket(site.startOfDay(o.day())).visitors);
            }
        }
    }

    private void quarters(Quarters.Range range) throws SQLException {
        sql.each(
                "SELECT quarter, " + Totals.COLUMNS
                        + " FROM quarter_stats WHERE site_id = ? AND quarter >= ? AND quarter < ?",
                row -> bucket(Quarters.start(row.getInt(1))).totals.add(Totals.read(row, 2), 1),
                site.id(),
                range.from(),
                range.to());
        if (visitors) {
            quarterSets(range);
        }
    }

    private void quarterSets(Quarters.Range range) throws SQLException {
        sql.each(
                "SELECT quarter, visitors FROM quarter_sets WHERE site_id = ? AND quarter >= ? AND quarter < ?",
                row -> {
                    int quarter = row.getInt(1);
                    int day = site.dayOf(Quarters.start(quarter));
                    if (open.stream()
                            .noneMatch(o -> o.day() == day && !o.stored().contains(quarter))) {
                        VisitorSet.addTo(bucket(Quarters.start(quarter)).visitors, row.getBytes(2));
                    }
                },
                site.id(),
                range.from(),
                range.to());
        for (OpenSets o : open) {
            o.quarters().forEach((quarter, set) -> {
                if (range.contains(quarter)) {
                    set.addTo(bucket(Quarters.start(quarter)).visitors);
                }
            });
        }
    }

    private void edge(Period edge) throws SQLException {
        Query part = Query.totals(site.id(), edge, query.zone(), Totals.METRICS.toArray(Metric[]::new));
        Scan.Counted counted = scan.byNumber(part, number -> visitors).get(0);
        Bucket bucket = bucket(edge.from());
        bucket.visitors.or(counted.visitors());
        bucket.totals.add(SiteScan.totals(counted), 1);
    }

    private Report report() {
        if (time == null) {
            bucket(0);
        }
        List<RowDraft> drafts = new ArrayList<>();
        buckets.forEach((key, bucket) -> {
            bucket.totals.visitors = visitors ? bucket.visitors.getCardinality() : 0;
            if (time == null || !bucket.totals.nobody()) {
                List<String> values = time == null ? List.of() : List.of(TimeBuckets.name(time, key));
                drafts.add(new RowDraft(values, bucket.totals));
            }
        });
        return RowDraft.report(drafts, query);
    }
}
