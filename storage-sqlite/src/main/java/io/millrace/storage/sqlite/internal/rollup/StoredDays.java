package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;

/** Which days of a site may have rows. */
public final class StoredDays {
    private StoredDays() {}

    public static DaySpan of(StatementCache sql, Site site, HitOffsets offsets) throws SQLException {
        long first = sql.number(0, "SELECT min(started_at) FROM sessions WHERE site_id = ?", site.id());
        if (first == 0) {
            return DaySpan.NONE;
        }
        long last = sql.number(0, "SELECT max(started_at) FROM sessions WHERE site_id = ?", site.id());
        return new DaySpan(site.dayOf(first - offsets.before()), site.dayOf(last + offsets.after()));
    }
}
