package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sites as committed, in memory. The store thread changes it, anyone reads. */
final class SiteTable {
    private final Map<Integer, Site> sites = new ConcurrentHashMap<>();

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

    void put(Site site) {
        sites.put(site.id(), site);
    }

    void remove(int siteId) {
        sites.remove(siteId);
    }
}
