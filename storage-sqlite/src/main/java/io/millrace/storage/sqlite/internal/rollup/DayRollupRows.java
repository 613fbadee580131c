package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Day books as rows: day_sets, quarter_sets and day_values. Stateless. */
public final class DayRollupRows {
    private static final String SAVE_VALUE = "INSERT INTO day_values (site_id, dimension, day, value_id, visitors, "
            + Totals.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DELETE_VALUES =
            "DELETE FROM day_values WHERE site_id = ? AND dimension = ? AND day = ?";
    private static final String LOAD_VALUES = "SELECT value_id, visitors, " + Totals.COLUMNS
            + " FROM day_values WHERE site_id = ? AND dimension = ? AND day = ?";

    private DayRollupRows() {}

    public static DayRollup load(StatementCache sql, SiteDays.Day day, int capacity) throws SQLException {
        DayRollup book = new DayRollup(day.siteId(), day.day(), capacity);
        try (ResultSet rows = sql.bind(
                        "SELECT visitors FROM day_sets WHERE site_id = ? AND day = ?", day.siteId(), day.day())
                .executeQuery()) {
            if (!rows.next()) {
                return book;
            }
            book.visitors.merge(VisitorSet.of(rows.getBytes(1)), false);
        }
        PreparedStatement quarters = sql.bind(
                "SELECT quarter, visitors FROM quarter_sets WHERE site_id = ? AND quarter BETWEEN ? AND ?",
                day.siteId(),
                day.firstQuarter(),
                day.lastQuarter());
        try (ResultSet rows = quarters.executeQuery()) {
            while (rows.next()) {
                book.quarters.put(rows.getInt(1), VisitorSet.of(rows.getBytes(2)));
            }
        }
        for (RollupDimension d : RollupDimension.values()) {
            loadValues(sql, book, d);
        }
        return book;
    }

    private static void loadValues(StatementCache sql, DayRollup book, RollupDimension dimension) throws SQLException {
        try (ResultSet rows =
                sql.bind(LOAD_VALUES, book.siteId, dimension.number(), book.day).executeQuery()) {
            while (rows.next()) {
                ValueRollup cell = new ValueRollup(Totals.read(rows, 3), VisitorSet.of(rows.getBytes(2)));
                book.values(dimension).put(rows.getInt(1), cell);
            }
        }
    }

    /** Stores a book over what was stored of its day; the day is not open any more. */
    public static void save(StatementCache sql, DayRollup book) throws SQLException {
        sql.run(
                "INSERT OR REPLACE INTO day_sets (site_id, day, visitors) VALUES (?, ?, ?)",
                book.siteId,
                book.day,
                book.visitors.bytes());
        PreparedStatement quarter =
                sql.get("INSERT OR REPLACE INTO quarter_sets (site_id, quarter, visitors) VALUES (?, ?, ?)");
        for (Map.Entry<Integer, VisitorSet> entry : book.quarters.entrySet()) {
            quarter.setInt(1, book.siteId);
            quarter.setInt(2, entry.getKey());
            quarter.setBytes(3, entry.getValue().bytes());
            quarter.executeUpdate();
        }
        for (RollupDimension d : RollupDimension.values()) {
            saveValues(sql, book, d);
        }
        sql.run("DELETE FROM open_days WHERE site_id = ? AND day = ?", book.siteId, book.day);
    }

    /** A book that was counted anew after a crash does not know the values that nothing has any more: they go first. */
    private static void saveValues(StatementCache sql, DayRollup book, RollupDimension dimension) throws SQLException {
        sql.run(DELETE_VALUES, book.siteId, dimension.number(), book.day);
        PreparedStatement s = sql.get(SAVE_VALUE);
        for (Map.Entry<Integer, ValueRollup> entry : book.values(dimension).entrySet()) {
            s.setInt(1, book.siteId);
            s.setInt(2, dimension.number());
            s.setInt(3, book.day);
            s.setInt(4, entry.getKey());
            s.setBytes(5, entry.getValue().visitors.bytes());
            entry.getValue().tally.bind(s, 6);
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
        }
        sql.run("DELETE FROM open_days WHERE site_id = ? AND day = ?", day.siteId(), day.day());
    }
}
