package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What is kept of a closed day's dimension that had more values than are kept apart: the largest, by page views and events,
 * and the rest as {@code (other)}. Counted from its visits. Immutable.
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

    /**
     * @param segments all that have something of the day
     * @param capacity values that are kept
     */
    public static Folding of(
            StatementCache sql, SiteDays.Day day, RollupDimension dimension, List<Segment> segments, int capacity)
            throws SQLException {
        List<Integer> largest = largest(sql, day, dimension, segments, capacity);
        boolean rest = largest.size() > capacity;
        DayRollup kept =
                DayRollup.of(day.siteId(), day.day(), dimension, rest ? largest.subList(0, capacity) : largest);
        Recount.into(kept, sql, day, segments);
        return new Folding(day, dimension, kept.values(dimension), rest);
    }

    /** The values with the most hits, the largest first, and one more where there are more. */
    private static List<Integer> largest(
            StatementCache sql, SiteDays.Day day, RollupDimension dimension, List<Segment> segments, int capacity)
            throws SQLException {
        IntStream.Builder ofHits = IntStream.builder();
        for (SegmentVisits visits = new SegmentVisits(sql, segments, day.period()); visits.next(); ) {
            for (int hit = visits.firstHit(); hit < visits.endHit(); hit++) {
                if (visits.time(hit) >= day.from() && visits.time(hit) < day.to()) {
                    ofHits.add(dimension.ofVisit() ? visits.value(dimension) : visits.path(hit));
                }
            }
        }
        int[] sorted = ofHits.build().sorted().toArray();
        LongStream.Builder sizes = LongStream.builder();
        for (int i = 1, begin = 0; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[begin]) {
                sizes.add((long) (begin - i) << Integer.SIZE
                        | sorted[begin]); // the largest first, of equal ones the least
                begin = i;
            }
        }
        return sizes.build()
                .sorted()
                .limit(capacity + 1L)
                .mapToObj(size -> (int) size)
                .toList();
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
