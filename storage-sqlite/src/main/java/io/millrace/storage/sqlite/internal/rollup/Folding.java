package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.sql.HitSource;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a closed day's dimension that had more values than are kept apart: the largest, by page views and events,
 * and the rest as {@code (other)}. Counted from rows: about a second for a third of a million page views. Immutable.
 */
public final class Folding implements CountedDay {
    private final SiteDays.Day day;
    private final RollupDimension dimension;

    @Bounded("storage_days")
    private final Map<Integer, ValueRollup> values;

    private final boolean rest;

    private Folding(SiteDays.Day day, RollupDimension dimension, Map<Integer, ValueRollup> values, boolean rest) {
        this.day = day;
        this.dimension = dimension;
        this.values = values;
        this.rest = rest;
    }

    /** @param capacity values that are kept */
    public static Folding of(
            StatementCache sql, SiteDays.Day day, RollupDimension dimension, HitOffsets offsets, int capacity)
            throws SQLException {
        List<Integer> largest = largest(sql, day, dimension, offsets, capacity);
        boolean rest = largest.size() > capacity;
        DayRollup kept =
                DayRollup.of(day.siteId(), day.day(), dimension, rest ? largest.subList(0, capacity) : largest);
        Recount.into(kept, sql, day, offsets);
        return new Folding(day, dimension, kept.values(dimension), rest);
    }

    /** The largest values, the largest first, and one more where there are more. */
    private static List<Integer> largest(
            StatementCache sql, SiteDays.Day day, RollupDimension dimension, HitOffsets offsets, int capacity)
            throws SQLException {
        HitSource source = new HitSource(day.siteId(), day.period(), offsets);
        String value = "SELECT " + dimension.column().expression() + " AS value";
        String join = dimension.column().join();
        Sql select = new Sql()
                .add("SELECT value FROM (" + value)
                .add(source.hits(true, join))
                .add(" UNION ALL " + value)
                .add(source.hits(false, join))
                .add(") GROUP BY value ORDER BY count(*) DESC, value LIMIT ?", capacity + 1);
        List<Integer> largest = new ArrayList<>();
        try (PreparedStatement s = select.prepare(sql);
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                largest.add(rows.getInt(1));
            }
        }
        return largest;
    }

    @Override
    public void save(StatementCache sql) throws SQLException {
        DayRollupRows.replaceValues(sql, day.siteId(), day.day(), dimension, values);
        if (rest) {
            sql.run(DayRollupRows.SAVE_CAPPED, day.siteId(), day.day(), dimension.number(), 1);
        } else {
            sql.run(DayRollupRows.DELETE_CAPPED, day.siteId(), day.day(), dimension.number());
        }
    }
}
