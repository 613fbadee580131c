package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import java.sql.SQLException;

/** Which days of a site may have rows. */
final class DayRange {
    private DayRange() {}

    static DaySpan of(Statements sql, Site site, Reach reach) throws SQLException {
        long first = sql.number(0, "SELECT min(started_at) FROM sessions WHERE site_id = ?", site.id());
        if (first == 0) {
            return DaySpan.NONE;
        }
        long last = sql.number(0, "SELECT max(started_at) FROM sessions WHERE site_id = ?", site.id());
        return new DaySpan(site.dayOf(first - reach.before()), site.dayOf(last + reach.after()));
    }
}
