package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sites as committed, in memory. The store thread changes it, anyone reads. */
public final class SiteTable {
    @Fixed("one for each site")
    private final Map<Integer, Site> sites = new ConcurrentHashMap<>();

    @Fixed("one for each site")
    private final Map<Integer, Integer> completeFrom = new ConcurrentHashMap<>();

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

    /** The first day of a site that still has all of its rows; before it only roll-ups are left. */
    public int rowsCompleteFrom(int siteId) {
        return completeFrom.getOrDefault(siteId, Integer.MIN_VALUE);
    }

    public void rowsCompleteFrom(int siteId, int day) {
        completeFrom.put(siteId, day);
    }

    /** Takes what the database says. */
    void load(StatementCache sql, Collection<Site> stored) throws SQLException {
        stored.forEach(this::put);
        sql.each(
                "SELECT id, rows_complete_from FROM sites WHERE rows_complete_from IS NOT NULL",
                row -> completeFrom.put(
                        row.getInt(1), (int) LocalDate.parse(row.getString(2)).toEpochDay()));
    }

    public void put(Site site) {
        sites.put(site.id(), site);
    }

    public void remove(int siteId) {
        sites.remove(siteId);
        completeFrom.remove(siteId);
    }
}
