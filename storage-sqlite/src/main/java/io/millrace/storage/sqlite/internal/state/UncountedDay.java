package io.millrace.storage.sqlite.internal.state;

import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.CountedDay;
import io.millrace.storage.sqlite.internal.rollup.DayRewrite;
import io.millrace.storage.sqlite.internal.rollup.Folding;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import java.sql.SQLException;

/**
 * A day that is to be counted.
 *
 * @param dimension which only its rows have; null: all of it
 */
public record UncountedDay(SiteDays.Day day, RollupDimension dimension) {
    /** What is to be stored of it. */
    public CountedDay count(StatementCache sql, HitOffsets offsets, int capacity) throws SQLException {
        return dimension == null
                ? DayRewrite.count(sql, day, offsets, capacity)
                : Folding.of(sql, day, dimension, offsets, capacity);
    }
}
