package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Period;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;

/**
 * Where the hits of a period come from in a statement that counts rows: the hit is called h, its visit s. Pure functions.
 *
 * @param period of the hits
 * @param offsets how far hits lie from the start of their visit
 */
public record HitSource(int siteId, Period period, HitOffsets offsets) {
    /** Whether the visit s is a bounce, as {@link Visit#bounce} says. */
    public static final String BOUNCE =
            "(s.page_count = 1 AND s.event_count = 0 AND s.engaged_ms < " + Visit.ENGAGED_MILLIS + ")";

    /** {@code FROM} and {@code WHERE}, with more joins between: visits by their start, with their hits, which lie together. */
    public Sql hits(boolean pages, String joins) {
        return new Sql()
                .add(" FROM sessions s INDEXED BY sessions_by_start CROSS JOIN " + (pages ? "page_views" : "events")
                        + " h ON h.session_id = s.id" + joins)
                .add(
                        " WHERE s.site_id = ? AND s.started_at >= ? AND s.started_at < ?"
                                + " AND s.started_at + s.length_ms >= ? AND h.time >= ? AND h.time < ?",
                        siteId,
                        period.from() - offsets.after(),
                        period.to() + offsets.before(),
                        period.from(),
                        period.from(),
                        period.to());
    }
}
