package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Period;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import java.util.List;

/**
 * Which visits s lie within a period with all of their hits, and which may have hits on both sides of its edges.
 * Together they are every visit with a hit in the period, each once. Immutable.
 *
 * @param period of the hits
 * @param wholeFrom starts from here on: nothing of the visit lies before the period
 * @param endFrom starts before this, of visits that are whole, end before the period does
 * @param offsets how far hits lie from the start of their visit
 */
record PeriodEdges(Period period, long wholeFrom, long endFrom, HitOffsets offsets) {

    static PeriodEdges of(Period period, HitOffsets offsets) {
        long wholeFrom = period.from() + offsets.before();
        return new PeriodEdges(period, wholeFrom, Math.max(wholeFrom, period.to() - offsets.after()), offsets);
    }

    /** {@code WHERE} of the visits that lie within. */
    Sql whole(int siteId) {
        return started(siteId, wholeFrom, period.to()).add(" AND s.started_at + s.length_ms < ?", period.to());
    }

    /** {@code WHERE} of those at its begin and of those at its end. */
    List<Sql> edges(int siteId) {
        Sql begin = started(
                        siteId, period.from() - offsets.after(), Math.min(wholeFrom, period.to() + offsets.before()))
                .add(" AND s.started_at + s.length_ms >= ?", period.from());
        Sql end = started(siteId, endFrom, period.to() + offsets.before())
                .add(" AND (s.started_at >= ? OR s.started_at + s.length_ms >= ?)", period.to(), period.to());
        return List.of(begin, end);
    }

    private static Sql started(int siteId, long from, long to) {
        return new Sql().add(" WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?", siteId, from, to);
    }
}
