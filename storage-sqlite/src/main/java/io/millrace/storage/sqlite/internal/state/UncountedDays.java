package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * The days of which the rows say more than what was counted: the table uncounted_days of those to be counted anew, and in
 * capped_days the dimensions that only rows have. One at a time is counted beside the store thread, and counts if nothing
 * happened to it meanwhile. The store thread's.
 */
final class UncountedDays {
    private static final long NONE = Long.MIN_VALUE;

    private final SiteTable sites;

    @Fixed("grows by administration only")
    private final Set<Long> days = new TreeSet<>();

    @Fixed("what the running transaction changes")
    private final Set<Long> added = new HashSet<>();

    @Fixed("what the running transaction changes")
    private final Set<Long> counted = new HashSet<>();

    private long handedOut = NONE;
    private boolean touched;

    UncountedDays(SiteTable sites) {
        this.sites = sites;
    }

    void open(StatementCache sql) throws SQLException {
        sql.each(
                "SELECT site_id, day FROM uncounted_days",
                row -> days.add(SiteDayKey.siteDay(row.getInt(1), row.getInt(2))));
    }

    /** Whether all of a day is to be counted anew. */
    boolean contains(long key) {
        return days.contains(key) && !counted.contains(key);
    }

    /** Within a transaction: a day is to be counted anew. */
    void add(StatementCache sql, int siteId, int day) throws SQLException {
        sql.run("INSERT OR IGNORE INTO uncounted_days (site_id, day) VALUES (?, ?)", siteId, day);
        added.add(SiteDayKey.siteDay(siteId, day));
    }

    /** Within a transaction: a day was counted anew, if it was to be. */
    void counted(StatementCache sql, SiteDays.Day day) throws SQLException {
        if (days.contains(day.key())) {
            sql.run("DELETE FROM uncounted_days WHERE site_id = ? AND day = ?", day.siteId(), day.day());
            counted.add(day.key());
        }
    }

    /** Something happens to a day, which may be the one that is being counted. */
    void touch(long key) {
        touched |= key == handedOut;
    }

    /** Something happens to all days of a site. */
    void touchSite(int siteId) {
        touched |= handedOut != NONE && SiteDayKey.site(handedOut) == siteId;
    }

    /**
     * A day to be counted beside the store thread, until {@link #untouchedSince}; null where there is none.
     *
     * @param beingWritten whether the day of a key is ahead of what is stored, and so not closed yet
     */
    UncountedDay next(StatementCache sql, LongPredicate beingWritten) throws SQLException {
        for (long key : days) {
            if (sites.find(SiteDayKey.site(key)) != null) {
                return handOut(key, null);
            }
        }
        try (ResultSet rows = sql.bind("SELECT site_id, day, dimension FROM capped_days WHERE folded = 0")
                .executeQuery()) {
            while (rows.next()) {
                long key = SiteDayKey.siteDay(rows.getInt(1), rows.getInt(2));
                if (!beingWritten.test(key) && sites.find(rows.getInt(1)) != null) {
                    return handOut(key, RollupDimension.of(rows.getInt(3)));
                }
            }
        }
        return null;
    }

    private UncountedDay handOut(long key, RollupDimension dimension) {
        handedOut = key;
        touched = false;
        return new UncountedDay(SiteDays.of(sites.get(SiteDayKey.site(key)), SiteDayKey.day(key)), dimension);
    }

    /** Whether nothing has happened to the day since it was handed out, which is over with this. */
    boolean untouchedSince(UncountedDay day) {
        boolean untouched = handedOut == day.day().key() && !touched;
        handedOut = NONE;
        return untouched;
    }

    /** A site's days before one that are to be counted anew. */
    List<SiteDays.Day> before(Site site, int day) {
        return days.stream()
                .filter(key -> SiteDayKey.site(key) == site.id() && SiteDayKey.day(key) < day)
                .map(key -> SiteDays.of(site, SiteDayKey.day(key)))
                .toList();
    }

    /** A site's days before one that have a dimension which only rows have. */
    static List<UncountedDay> cappedBefore(StatementCache sql, Site site, int day) throws SQLException {
        return StatementCache.list(
                sql.bind(
                        "SELECT day, dimension FROM capped_days WHERE folded = 0 AND site_id = ? AND day < ?",
                        site.id(),
                        day),
                row -> new UncountedDay(SiteDays.of(site, row.getInt(1)), RollupDimension.of(row.getInt(2))));
    }

    void commit() {
        days.addAll(added);
        days.removeAll(counted);
        rollback();
    }

    void rollback() {
        added.clear();
        counted.clear();
    }
}
