package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.sql.Columns;
import io.millrace.storage.sqlite.internal.sql.HitSource;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A day counted from its rows: what every roll-up of it must say. */
public final class Recount {
    private static final List<RollupDimension> DIMENSIONS = RollupDimension.OF_VISIT;
    private static final String COLUMNS = "h.session_id, h.time, h.path_id, s.visitor_id, s.started_at, s.length_ms, "
            + HitSource.BOUNCE + ", s.engaged_ms, " + each(Columns.Column::expression, ", ");
    private static final int FIRST_VALUE = 9;
    private static final String JOINS = each(Columns.Column::join, "");

    public final DayRollup rollup;
    public final Totals total = new Totals();
    public final TreeMap<Integer, Totals> quarters = new TreeMap<>();
    private final SiteDays.Day day;
    private final int[] values = new int[DIMENSIONS.size()];
    private long visit;

    private Recount(SiteDays.Day day, DayRollup rollup) {
        this.day = day;
        this.rollup = rollup;
    }

    private static String each(Function<Columns.Column, String> part, String between) {
        return DIMENSIONS.stream()
                .map(RollupDimension::column)
                .map(part)
                .distinct()
                .collect(Collectors.joining(between));
    }

    /** @param capacity values of one dimension at most, before they are left to the rows */
    public static Recount of(StatementCache sql, SiteDays.Day day, HitOffsets offsets, int capacity)
            throws SQLException {
        return into(new DayRollup(day.siteId(), day.day(), capacity, true), sql, day, offsets);
    }

    /** @param rollup to be filled, which decides what is kept */
    public static Recount into(DayRollup rollup, StatementCache sql, SiteDays.Day day, HitOffsets offsets)
            throws SQLException {
        Recount recount = new Recount(day, rollup);
        recount.read(sql, new HitSource(day.siteId(), day.period(), offsets));
        recount.total.visitors = recount.rollup.visitors.size();
        return recount;
    }

    private void read(StatementCache sql, HitSource source) throws SQLException {
        Sql select = new Sql()
                .add("SELECT " + COLUMNS + ", 1 AS page")
                .add(source.hits(true, JOINS))
                .add(" UNION ALL SELECT " + COLUMNS + ", 0 AS page")
                .add(source.hits(false, JOINS))
                .add(" ORDER BY 1");
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                boolean first = rows.getLong(1) != visit;
                if (first) {
                    visit = rows.getLong(1);
                    startVisit(rows);
                }
                hit(rows, first);
            }
        }
    }

    private void startVisit(ResultSet row) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getInt(FIRST_VALUE + i);
        }
        long startedAt = row.getLong(5);
        if (startedAt >= day.from() && startedAt < day.to()) {
            started(row, startedAt);
        }
    }

    private void started(ResultSet row, long startedAt) throws SQLException {
        Totals one = new Totals();
        one.sessions = 1;
        one.duration = row.getLong(6) / 1000;
        one.bounces = row.getInt(7);
        one.engaged = row.getLong(8);
        total.add(one, 1);
        quarter(Quarters.of(startedAt)).add(one, 1);
        for (int i = 0; i < values.length; i++) {
            ValueRollup value = rollup.value(DIMENSIONS.get(i), values[i]);
            if (value != null) {
                value.totals.add(one, 1);
            }
        }
    }

    private Totals quarter(int quarter) {
        return quarters.computeIfAbsent(quarter, q -> new Totals());
    }

    private void hit(ResultSet row, boolean firstOfVisit) throws SQLException {
        int visitor = row.getInt(4);
        int page = row.getInt(FIRST_VALUE + values.length);
        int quarter = Quarters.of(row.getLong(2));
        total.hits(page, 1 - page);
        quarter(quarter).hits(page, 1 - page);
        rollup.visitors.add(visitor);
        rollup.quarter(quarter).add(visitor);
        for (int i = 0; i < values.length; i++) {
            ValueRollup value = rollup.value(DIMENSIONS.get(i), values[i]);
            if (value == null) {
                continue;
            }
            value.totals.hits(page, 1 - page);
            if (!DIMENSIONS.get(i).moves()) {
                value.visitors.add(visitor);
            } else if (firstOfVisit) {
                value.visitors.count(visitor);
            }
        }
        ValueRollup path = rollup.value(RollupDimension.PAGE, row.getInt(3));
        if (path != null) {
            path.totals.hits(page, 1 - page);
            path.visitors.add(visitor);
        }
    }
}
