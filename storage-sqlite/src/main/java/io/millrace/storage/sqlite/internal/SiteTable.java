package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sites as committed, in memory. The store thread changes it, anyone reads. */
final class SiteTable {
    private final Map<Integer, Site> sites = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> completeFrom = new ConcurrentHashMap<>();

    /** A site that must be there. */
    Site get(int siteId) {
        Site site = sites.get(siteId);
        if (site == null) {
            throw new StorageException(Kind.CONTENT, "no site " + siteId);
        }
        return site;
    }

    Site find(int siteId) {
        return sites.get(siteId);
    }

    Collection<Site> all() {
        return sites.values();
    }

    /** The first day of a site that still has all of its rows; before it only roll-ups are left. */
    int rowsCompleteFrom(int siteId) {
        return completeFrom.getOrDefault(siteId, Integer.MIN_VALUE);
    }

    void rowsCompleteFrom(int siteId, int day) {
        completeFrom.put(siteId, day);
    }

    /** Takes what the database says. */
    void load(Statements sql, Collection<Site> stored) throws SQLException {
        stored.forEach(this::put);
        try (ResultSet rows = sql.bind("SELECT id, rows_complete_from FROM sites WHERE rows_complete_from IS NOT NULL")
                .executeQuery()) {
            while (rows.next()) {
                completeFrom.put(
                        rows.getInt(1), (int) LocalDate.parse(rows.getString(2)).toEpochDay());
            }
        }
    }

    void put(Site site) {
        sites.put(site.id(), site);
    }

    void remove(int siteId) {
        sites.remove(siteId);
        completeFrom.remove(siteId);
    }
}
