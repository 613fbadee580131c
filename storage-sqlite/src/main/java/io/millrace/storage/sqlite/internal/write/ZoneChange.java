package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.Quarters;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.StoredDays;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.sql.SQLException;
import java.time.Instant;
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

    /** Within a transaction: says that the days that have visits are to be counted anew, because a day is another one now. */
    static void change(StatementCache sql, CommittedState state, Site before, Site after) throws SQLException {
        int complete = state.sites().completeFrom(after);
        DaySpan old = StoredDays.of(sql, before, state.offsets().get());
        DaySpan now = StoredDays.of(sql, after, state.offsets().get());
        DaySpan both = new DaySpan(Math.min(old.first(), now.first()), Math.max(old.last(), now.last()));
        state.days().recountAll(sql, before.id(), both.from(complete));
    }
}
