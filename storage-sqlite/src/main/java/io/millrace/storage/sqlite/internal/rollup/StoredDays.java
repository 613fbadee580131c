package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which days of a site may have visits. */
public final class StoredDays {
    private static final String STARTS = "(SELECT %1$s(started_at) FROM sessions WHERE site_id = ?1),"
            + " (SELECT %1$s(%2$s) FROM packs WHERE site_id = ?1)";

    private StoredDays() {}

    public static DaySpan of(StatementCache sql, Site site, HitOffsets offsets) throws SQLException {
        OptionalLong first =
                times(sql, site, STARTS.formatted("min", "earliest")).min();
        OptionalLong last = times(sql, site, STARTS.formatted("max", "latest")).max();
        return first.isEmpty()
                ? DaySpan.NONE
                : new DaySpan(
                        site.dayOf(first.getAsLong() - offsets.before()),
                        site.dayOf(last.getAsLong() + offsets.after()));
    }

    private static LongStream times(StatementCache sql, Site site, String two) throws SQLException {
        try (ResultSet row = sql.bind("SELECT " + two, site.id()).executeQuery()) {
            row.next();
            return Stream.of(row.getObject(1), row.getObject(2))
                    .filter(Objects::nonNull)
                    .mapToLong(time -> ((Number) time).longValue());
        }
    }
}
