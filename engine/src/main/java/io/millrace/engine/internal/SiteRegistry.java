package io.millrace.engine.internal;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The sites in memory: one immutable state, replaced by the store thread after each committed change. */
final class SiteRegistry implements Sites {

    private record State(
            TreeMap<Integer, Site> byId,
            Map<String, Site> byDomain,
            Map<Integer, TreeMap<Integer, Affiliate>> affiliates,
            Map<String, Affiliate> bySlug) {

        static State of(Collection<Site> sites, Collection<Affiliate> affiliates) {
            State s = new State(new TreeMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
            sites.forEach(site -> {
                s.byId.put(site.id(), site);
                s.byDomain.put(site.domain(), site);
            });
            affiliates.forEach(a -> {
                s.affiliates.computeIfAbsent(a.siteId(), id -> new TreeMap<>()).put(a.id(), a);
                s.bySlug.put(a.siteId() + "/" + a.slug(), a);
            });
            return s;
        }
    }

    private volatile State state;

    SiteRegistry(Collection<Site> sites, Collection<Affiliate> affiliates) {
        state = State.of(sites, affiliates);
    }

    @Override
    public Site byId(int id) {
        return state.byId.get(id);
    }

    @Override
    public Site byDomain(String domain) {
        return state.byDomain.get(domain);
    }

    @Override
    public Collection<Site> all() {
        return Collections.unmodifiableCollection(state.byId.values());
    }

    @Override
    public Affiliate affiliate(int siteId, String slug) {
        return state.bySlug.get(siteId + "/" + slug);
    }

    @Override
    public Collection<Affiliate> affiliates(int siteId) {
        TreeMap<Integer, Affiliate> found = state.affiliates.get(siteId);
        return found == null ? java.util.List.of() : Collections.unmodifiableCollection(found.values());
    }

    void put(Site site) {
        change((sites, affiliates) -> sites.put(site.id(), site));
    }

    void remove(int siteId) {
        change((sites, affiliates) -> {
            sites.remove(siteId);
            affiliates.values().removeIf(a -> a.siteId() == siteId);
        });
    }

    void put(Affiliate affiliate) {
        change((sites, affiliates) -> affiliates.put(affiliate.id(), affiliate));
    }

    void removeAffiliate(int id) {
        change((sites, affiliates) -> affiliates.remove(id));
    }

    private void change(BiConsumer<Map<Integer, Site>, Map<Integer, Affiliate>> change) {
        Map<Integer, Site> sites = new HashMap<>(state.byId);
        Map<Integer, Affiliate> affiliates = new HashMap<>();
        Consumer<Affiliate> add = a -> affiliates.put(a.id(), a);
        state.affiliates.values().forEach(m -> m.values().forEach(add));
        change.accept(sites, affiliates);
        state = State.of(sites.values(), affiliates.values());
    }
}
