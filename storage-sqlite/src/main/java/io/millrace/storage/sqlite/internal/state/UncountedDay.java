package io.millrace.storage.sqlite.internal.state;

import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.rollup.CountedDay;
import io.millrace.storage.sqlite.internal.rollup.DayRewrite;
import io.millrace.storage.sqlite.internal.rollup.Folding;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import java.sql.SQLException;
import java.util.List;

/**
 * A day that is to be counted.
 *
 * @param dimension which only its rows have; null: all of it
 */
public record UncountedDay(SiteDays.Day day, RollupDimension dimension) {
    /**
     * What is to be stored of it.
     *
     * @param segments all that have something of the day
     */
    public CountedDay count(StatementCache sql, List<Segment> segments, int capacity) throws SQLException {
        return dimension == null
                ? DayRewrite.count(sql, day, segments, capacity)
                : Folding.of(sql, day, dimension, segments, capacity);
    }
}
