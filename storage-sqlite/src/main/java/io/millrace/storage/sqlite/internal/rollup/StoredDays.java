package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which days of a site may have visits. */
public final class StoredDays {
    private StoredDays() {}

    public static DaySpan of(StatementCache sql, Site site, HitOffsets offsets) throws SQLException {
        OptionalLong first = times(sql, site, "min", "earliest").min();
        OptionalLong last = times(sql, site, "max", "latest").max();
        return first.isEmpty()
                ? DaySpan.NONE
                : new DaySpan(
                        site.dayOf(first.getAsLong() - offsets.before()),
                        site.dayOf(last.getAsLong() + offsets.after()));
    }

    /** When a visit that has rows started, and what packs say of theirs. */
    private static LongStream times(StatementCache sql, Site site, String which, String ofPacks) throws SQLException {
        String select = "SELECT (SELECT " + which + "(started_at) FROM sessions WHERE site_id = ?1), (SELECT " + which
                + '(' + ofPacks + ") FROM packs WHERE site_id = ?1)";
        return sql.first(Stream.empty(), select, row -> Stream.of(row.getObject(1), row.getObject(2)), site.id())
                .filter(Objects::nonNull)
                .mapToLong(time -> ((Number) time).longValue());
    }
}
