package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import java.sql.SQLException;

/** Which days of a site may have rows. */
final class DayRange {
    private DayRange() {}

    /** The first and the last; the first is after the last when there are no rows. */
    static int[] of(Statements sql, Site site, Reach reach) throws SQLException {
        long first = sql.number(0, "SELECT min(started_at) FROM sessions WHERE site_id = ?", site.id());
        if (first == 0) {
            return new int[] {1, 0};
        }
        long last = sql.number(0, "SELECT max(started_at) FROM sessions WHERE site_id = ?", site.id());
        return new int[] {site.dayOf(first - reach.before()), site.dayOf(last + reach.after())};
    }
}
