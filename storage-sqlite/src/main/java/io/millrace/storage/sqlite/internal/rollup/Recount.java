package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/** A day counted from its visits: what every roll-up of it must say. */
public final class Recount {
    public final DayRollup rollup;
    public final Totals total = new Totals();
    public final TreeMap<Integer, Totals> quarters = new TreeMap<>();
    private final SiteDays.Day day;
    private final SegmentVisits visits;

    private Recount(SiteDays.Day day, DayRollup rollup, SegmentVisits visits) {
        this.day = day;
        this.rollup = rollup;
        this.visits = visits;
    }

    /**
     * @param segments all that have something of the day
     * @param capacity values of one dimension at most, before they are left to the rows
     */
    public static Recount of(StatementCache sql, SiteDays.Day day, List<Segment> segments, int capacity)
            throws SQLException {
        return into(new DayRollup(day.siteId(), day.day(), capacity, true), sql, day, segments);
    }

    /** @param rollup to be filled, which decides what is kept */
    public static Recount into(DayRollup rollup, StatementCache sql, SiteDays.Day day, List<Segment> segments)
            throws SQLException {
        Recount recount = new Recount(day, rollup, new SegmentVisits(sql, segments, day.period()));
        while (recount.visits.next()) {
            recount.visit();
        }
        recount.total.visitors = recount.rollup.visitors.size();
        return recount;
    }

    private void visit() throws SQLException {
        int visitor = visits.visitor();
        int pages = 0;
        int hits = 0;
        for (int hit = visits.firstHit(); hit < visits.endHit(); hit++) {
            long time = visits.time(hit);
            if (time >= day.from() && time < day.to()) {
                int page = visits.page(hit) ? 1 : 0;
                hit(visitor, Quarters.of(time), visits.path(hit), page);
                pages += page;
                hits++;
            }
        }
        if (hits > 0) {
            long start = visits.start();
            boolean began = start >= day.from() && start < day.to();
            Totals one = began ? visits.started() : new Totals();
            if (began) {
                quarter(Quarters.of(start)).add(one, 1);
            }
            one.hits(pages, hits - pages);
            visit(visitor, one);
        }
    }

    private void visit(int visitor, Totals one) throws SQLException {
        total.add(one, 1);
        rollup.visitors.add(visitor);
        for (RollupDimension dimension : RollupDimension.OF_VISIT) {
            ValueRollup value = rollup.value(dimension, visits.value(dimension));
            if (value == null) {
                continue;
            }
            value.totals.add(one, 1);
            if (dimension.moves()) {
                value.visitors.count(visitor);
            } else {
                value.visitors.add(visitor);
            }
        }
    }

    private Totals quarter(int quarter) {
        return quarters.computeIfAbsent(quarter, q -> new Totals());
    }

    private void hit(int visitor, int quarter, int pathId, int page) {
        quarter(quarter).hits(page, 1 - page);
        rollup.quarter(quarter).add(visitor);
        ValueRollup path = rollup.value(RollupDimension.PAGE, pathId);
        if (path != null) {
            path.totals.hits(page, 1 - page);
            path.visitors.add(visitor);
        }
    }
}
