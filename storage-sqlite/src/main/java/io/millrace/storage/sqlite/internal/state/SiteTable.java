package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sites as committed, in memory. The store thread changes it, anyone reads. */
public final class SiteTable {
    @Fixed("one for each site")
    private final Map<Integer, Site> sites = new ConcurrentHashMap<>();

    @Fixed("one for each site")
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

    @Fixed("what the running transaction changes")
    private final Map<Integer, Kept> pending = new HashMap<>();

    /**
     * What there is of a site's visits still. Immutable.
     *
     * @param rowsFrom UTC milliseconds: visits that ended before it have no rows, or will soon have none
     * @param packsFrom the same of packs, and not later; before it only roll-ups are left
     */
    public record Kept(long rowsFrom, long packsFrom) {
        static final Kept ALL = new Kept(Long.MIN_VALUE, Long.MIN_VALUE);

        /** What is left where all that ended before an instant goes. */
        public Kept without(long before, boolean packsToo) {
            return new Kept(Math.max(rowsFrom, before), packsToo ? Math.max(packsFrom, before) : packsFrom);
        }

        /** Whether visits that were active at an instant or before may be in packs alone. */
        public boolean packsOnly(long millis) {
            return packsFrom < rowsFrom && millis < rowsFrom;
        }
    }

    /** A site that must be there. */
    public Site get(int siteId) {
        Site site = sites.get(siteId);
        if (site == null) {
            throw new StorageException(Kind.CONTENT, "no site " + siteId);
        }
        return site;
    }

    public Site find(int siteId) {
        return sites.get(siteId);
    }

    public Collection<Site> all() {
        return sites.values();
    }

    public Kept kept(int siteId) {
        return kept.getOrDefault(siteId, Kept.ALL);
    }

    /** Within a transaction: there is less now; {@link #kept} is another object then, even where it says the same. */
    public void keep(StatementCache sql, int siteId, Kept less) throws SQLException {
        pending.put(siteId, less);
        if (!less.equals(kept(siteId))) {
            Long packsFrom = less.packsFrom() == Long.MIN_VALUE ? null : less.packsFrom();
            sql.run(
                    "INSERT OR REPLACE INTO pruned_sites (site_id, rows_from, packs_from) VALUES (?, ?, ?)",
                    siteId,
                    less.rowsFrom(),
                    packsFrom);
        }
    }

    void commit() {
        kept.putAll(pending);
        pending.clear();
    }

    void rollback() {
        pending.clear();
    }

    /** The first day of a site of which all visits are in rows or in packs still; before it only roll-ups are left. */
    public int completeFrom(int siteId) {
        Site site = sites.get(siteId);
        return site == null ? Integer.MIN_VALUE : completeFrom(site);
    }

    /** The same of a site that may have another time zone soon. */
    public int completeFrom(Site site) {
        long from = kept(site.id()).packsFrom();
        if (from == Long.MIN_VALUE) {
            return Integer.MIN_VALUE;
        }
        int day = site.dayOf(from);
        return site.startOfDay(day) < from ? day + 1 : day;
    }

    /** Takes what the database says. */
    void load(StatementCache sql, Collection<Site> stored) throws SQLException {
        stored.forEach(this::put);
        sql.each(
                "SELECT site_id, rows_from, packs_from FROM pruned_sites",
                row -> kept.put(row.getInt(1), new Kept(row.getLong(2), packsFrom(row))));
    }

    private static long packsFrom(ResultSet row) throws SQLException {
        long from = row.getLong(3);
        return row.wasNull() ? Long.MIN_VALUE : from;
    }

    public void put(Site site) {
        sites.put(site.id(), site);
    }

    public void remove(int siteId) {
        sites.remove(siteId);
        kept.remove(siteId);
    }
}
