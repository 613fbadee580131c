package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.StoredDays;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** What a site's time zone means for its days. */
final class ZoneChange {
    private static final Instant MODERN = Instant.parse("2000-01-01T00:00:00Z");

    private ZoneChange() {}

    /** Refuses a zone whose days do not begin at a quarter of an hour of UTC; there is no such zone on any map today. */
    static void check(ZoneId zone) {
        if (zone.getRules().getOffset(MODERN).getTotalSeconds() * 1000L % Quarters.MILLIS != 0) {
            throw new StorageException(Kind.CONTENT, "timezone: not a whole number of quarters of an hour: " + zone);
        }
    }

    /** Within a transaction: counts the days anew that have rows, because a day is another one now. */
    static void change(StatementCache sql, CommittedState state, Site before, Site after) throws SQLException {
        int complete = state.sites().rowsCompleteFrom(before.id());
        String from = complete == Integer.MIN_VALUE
                ? ""
                : LocalDate.ofEpochDay(complete).toString();
        sql.run("DELETE FROM daily_stats WHERE site_id = ? AND date >= ?", before.id(), from);
        sql.run("DELETE FROM day_sets WHERE site_id = ? AND day >= ?", before.id(), complete);
        sql.run("DELETE FROM day_values WHERE site_id = ? AND day >= ?", before.id(), complete);
        sql.run("DELETE FROM open_days WHERE site_id = ?", before.id());
        state.days().dropSite(before.id());
        DaySpan days = StoredDays.of(sql, after, state.offsets().get()).from(complete);
        for (int day = days.first(); day <= days.last(); day++) {
            state.days().rewrite(sql, SiteDays.of(after, day));
        }
    }
}
