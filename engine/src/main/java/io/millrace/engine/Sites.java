package io.millrace.engine;

import java.util.Collection;
import java.util.List;

/** The sites, affiliates, goals, funnels and exclusions that the engine knows, in memory. Thread-safe; each call sees one consistent state. */
public interface Sites {
    /** The site with this id, or null. */
    Site byId(int id);

    /** The site with this domain (lower case), or null. */
    Site byDomain(String domain);

    /** All sites, by ascending id. */
    Collection<Site> all();

    /** The affiliate of this site with this slug (lower case), or null. */
    Affiliate affiliate(int siteId, String slug);

    /** The affiliate of this site with this id, or null. */
    default Affiliate affiliate(int siteId, int id) {
        return affiliates(siteId).stream().filter(a -> a.id() == id).findAny().orElse(null);
    }

    /** The affiliates of a site, by ascending id. */
    Collection<Affiliate> affiliates(int siteId);

    /** The goals of a site, by ascending id. */
    default Collection<Goal> goals(int siteId) {
        return List.of();
    }

    /** The goal of this site with this id, or null. */
    default Goal goal(int siteId, int id) {
        return goals(siteId).stream().filter(g -> g.id() == id).findAny().orElse(null);
    }

    /** The exclusions of a site, by ascending id. */
    default Collection<Exclusion> exclusions(int siteId) {
        return List.of();
    }

    /** The exclusion of this site with this id, or null. */
    default Exclusion exclusion(int siteId, int id) {
        return exclusions(siteId).stream().filter(e -> e.id() == id).findAny().orElse(null);
    }

    /** The funnels of a site, by ascending id. */
    default Collection<Funnel> funnels(int siteId) {
        return List.of();
    }

    /** The funnel of this site with this id, or null. */
    default Funnel funnel(int siteId, int id) {
        return funnels(siteId).stream().filter(f -> f.id() == id).findAny().orElse(null);
    }
}
