package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Roll-ups of days as rows: day_sets, quarter_sets, day_values and capped_days. Stateless. */
public final class DayRollupRows {
    private static final String SAVE_VALUE = "INSERT INTO day_values (site_id, dimension, day, value_id, visitors, "
            + Totals.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE_VALUES =
            "DELETE FROM day_values WHERE site_id = ? AND dimension = ? AND day = ?";
    private static final String LOAD_VALUES = "SELECT value_id, visitors, " + Totals.COLUMNS
            + " FROM day_values WHERE site_id = ? AND dimension = ? AND day = ?";

    private static final String LOAD_CAPPED = "SELECT dimension, folded FROM capped_days WHERE site_id = ? AND day = ?";
    static final String SAVE_CAPPED =
            "INSERT OR REPLACE INTO capped_days (site_id, day, dimension, folded) VALUES (?, ?, ?, ?)";
    static final String DELETE_CAPPED = "DELETE FROM capped_days WHERE site_id = ? AND day = ? AND dimension = ?";

    private DayRollupRows() {}

    /**
     * @param capacity values of one dimension at most, beyond those that are stored
     * @param rowsComplete whether the day has all of its rows
     */
    public static DayRollup load(StatementCache sql, SiteDays.Day day, int capacity, boolean rowsComplete)
            throws SQLException {
        DayRollup rollup = new DayRollup(day.siteId(), day.day(), capacity, rowsComplete);
        VisitorSet visitors = visitors(
                null, sql, "SELECT visitors FROM day_sets WHERE site_id = ? AND day = ?", day.siteId(), day.day());
        if (visitors == null) {
            return rollup;
        }
        rollup.visitors = visitors;
        sql.each(
                "SELECT quarter, visitors FROM quarter_sets WHERE site_id = ? AND quarter BETWEEN ? AND ?",
                row -> rollup.quarters.put(row.getInt(1), VisitorSet.of(row.getBytes(2))),
                day.siteId(),
                day.firstQuarter(),
                day.lastQuarter());
        sql.each(
                LOAD_CAPPED,
                row -> rollup.capped(RollupDimension.of(row.getInt(1)), row.getBoolean(2)),
                day.siteId(),
                day.day());
        for (RollupDimension d : RollupDimension.values()) {
            if (!rollup.fromRows(d)) {
                sql.each(
                        LOAD_VALUES,
                        row -> rollup.values(d)
                                .put(
                                        row.getInt(1),
                                        new ValueRollup(Totals.read(row, 3), VisitorSet.of(row.getBytes(2)))),
                        rollup.siteId,
                        d.number(),
                        rollup.day);
            }
        }
        rollup.measure();
        return rollup;
    }

    private static VisitorSet visitors(VisitorSet absent, StatementCache sql, String select, int siteId, int time)
            throws SQLException {
        return sql.first(absent, select, row -> VisitorSet.of(row.getBytes(1)), siteId, time);
    }

    /** Stores a roll-up over what was stored of its day; the day is not open any more. */
    public static void save(StatementCache sql, DayRollup rollup) throws SQLException {
        sql.run(
                "INSERT OR REPLACE INTO day_sets (site_id, day, visitors) VALUES (?, ?, ?)",
                rollup.siteId,
                rollup.day,
                rollup.visitors.bytes());
        saveQuarters(sql, rollup);
        for (RollupDimension d : RollupDimension.values()) {
            saveValues(sql, rollup, d);
        }
        sql.run("DELETE FROM open_days WHERE site_id = ? AND day = ?", rollup.siteId, rollup.day);
    }

    /** Stores the sets of visitors of its quarters of an hour. */
    public static void saveQuarters(StatementCache sql, DayRollup rollup) throws SQLException {
        for (Map.Entry<Integer, VisitorSet> entry : rollup.quarters.entrySet()) {
            saveQuarter(sql, rollup.siteId, entry.getKey(), entry.getValue());
        }
    }

    /** Stores one of them; how many bytes it takes. */
    public static int saveQuarter(StatementCache sql, int siteId, int quarter, VisitorSet visitors)
            throws SQLException {
        if (visitors.size() == 0) {
            sql.run("DELETE FROM quarter_sets WHERE site_id = ? AND quarter = ?", siteId, quarter);
            return 0;
        }
        byte[] bytes = visitors.bytes();
        sql.run(
                "INSERT OR REPLACE INTO quarter_sets (site_id, quarter, visitors) VALUES (?, ?, ?)",
                siteId,
                quarter,
                bytes);
        return bytes.length;
    }

    /** One of them that is stored. */
    public static VisitorSet quarter(StatementCache sql, int siteId, int quarter) throws SQLException {
        String select = "SELECT visitors FROM quarter_sets WHERE site_id = ? AND quarter = ?";
        return visitors(new VisitorSet(), sql, select, siteId, quarter);
    }

    /** One that was counted anew after a crash does not know the values that nothing has any more: they go first. */
    private static void saveValues(StatementCache sql, DayRollup rollup, RollupDimension dimension)
            throws SQLException {
        replaceValues(sql, rollup.siteId, rollup.day, dimension, rollup.values(dimension));
        if (rollup.fromRows(dimension) || rollup.folded(dimension)) {
            sql.run(SAVE_CAPPED, rollup.siteId, rollup.day, dimension.number(), rollup.folded(dimension) ? 1 : 0);
        } else {
            sql.run(DELETE_CAPPED, rollup.siteId, rollup.day, dimension.number());
        }
    }

    static void replaceValues(
            StatementCache sql, int siteId, int day, RollupDimension dimension, Map<Integer, ValueRollup> values)
            throws SQLException {
        sql.run(DELETE_VALUES, siteId, dimension.number(), day);
        PreparedStatement s = sql.get(SAVE_VALUE);
        for (Map.Entry<Integer, ValueRollup> entry : values.entrySet()) {
            s.setInt(1, siteId);
            s.setInt(2, dimension.number());
            s.setInt(3, day);
            s.setInt(4, entry.getKey());
            s.setBytes(5, entry.getValue().visitors.bytes());
            entry.getValue().totals.bind(s, 6);
            s.executeUpdate();
        }
    }

    /** Removes what is stored of a day. */
    static void delete(StatementCache sql, SiteDays.Day day) throws SQLException {
        sql.run("DELETE FROM day_sets WHERE site_id = ? AND day = ?", day.siteId(), day.day());
        sql.run(
                "DELETE FROM quarter_sets WHERE site_id = ? AND quarter BETWEEN ? AND ?",
                day.siteId(),
                day.firstQuarter(),
                day.lastQuarter());
        for (RollupDimension d : RollupDimension.values()) {
            sql.run(DELETE_VALUES, day.siteId(), d.number(), day.day());
            sql.run(DELETE_CAPPED, day.siteId(), day.day(), d.number());
        }
        sql.run("DELETE FROM open_days WHERE site_id = ? AND day = ?", day.siteId(), day.day());
    }
}
