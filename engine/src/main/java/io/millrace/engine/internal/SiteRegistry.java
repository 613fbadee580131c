package io.millrace.engine.internal;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.StorageWriter;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The sites in memory: one immutable state, replaced by the store thread after each committed change. */
final class SiteRegistry implements Sites {

    /** Everything by its id. */
    private record All(
            TreeMap<Integer, Site> sites,
            TreeMap<Integer, Affiliate> affiliates,
            TreeMap<Integer, Goal> goals,
            TreeMap<Integer, Funnel> funnels,
            TreeMap<Integer, Exclusion> exclusions) {
        All() {
            this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }

        All copy() {
            return new All(
                    new TreeMap<>(sites),
                    new TreeMap<>(affiliates),
                    new TreeMap<>(goals),
                    new TreeMap<>(funnels),
                    new TreeMap<>(exclusions));
        }
    }

    private record State(
            All all,
            Map<String, Site> byDomain,
            Map<Integer, List<Affiliate>> affiliates,
            Map<String, Affiliate> bySlug,
            Map<Integer, List<Goal>> goals,
            Map<Integer, List<Funnel>> funnels,
            Map<Integer, List<Exclusion>> exclusions) {

        static State of(All all) {
            Map<String, Site> byDomain = new HashMap<>();
            all.sites.values().forEach(site -> byDomain.put(site.domain(), site));
            Map<String, Affiliate> bySlug = new HashMap<>();
            all.affiliates.values().forEach(a -> bySlug.put(a.siteId() + "/" + a.slug(), a));
            return new State(
                    all,
                    byDomain,
                    all.affiliates.values().stream()
                            .collect(Collectors.groupingBy(Affiliate::siteId, Collectors.toUnmodifiableList())),
                    bySlug,
                    all.goals.values().stream()
                            .collect(Collectors.groupingBy(Goal::siteId, Collectors.toUnmodifiableList())),
                    all.funnels.values().stream()
                            .collect(Collectors.groupingBy(Funnel::siteId, Collectors.toUnmodifiableList())),
                    all.exclusions.values().stream()
                            .collect(Collectors.groupingBy(Exclusion::siteId, Collectors.toUnmodifiableList())));
        }
    }

    private volatile State state = State.of(new All());

    SiteRegistry(StorageWriter.Catalog catalog) {
        change(all -> {
            catalog.sites().forEach(site -> all.sites.put(site.id(), site));
            catalog.affiliates().forEach(a -> all.affiliates.put(a.id(), a));
            catalog.goals().forEach(g -> all.goals.put(g.id(), g));
            catalog.funnels().forEach(f -> all.funnels.put(f.id(), f));
            catalog.exclusions().forEach(e -> all.exclusions.put(e.id(), e));
        });
    }

    @Override
    public Site byId(int id) {
        return state.all.sites.get(id);
    }

    @Override
    public Site byDomain(String domain) {
        return state.byDomain.get(domain);
    }

    @Override
    public Collection<Site> all() {
        return Collections.unmodifiableCollection(state.all.sites.values());
    }

    @Override
    public Affiliate affiliate(int siteId, String slug) {
        return state.bySlug.get(siteId + "/" + slug);
    }

    @Override
    public Collection<Affiliate> affiliates(int siteId) {
        return state.affiliates.getOrDefault(siteId, List.of());
    }

    @Override
    public Collection<Goal> goals(int siteId) {
        return state.goals.getOrDefault(siteId, List.of());
    }

    @Override
    public Collection<Funnel> funnels(int siteId) {
        return state.funnels.getOrDefault(siteId, List.of());
    }

    @Override
    public Collection<Exclusion> exclusions(int siteId) {
        return state.exclusions.getOrDefault(siteId, List.of());
    }

    void put(Site site) {
        change(all -> all.sites.put(site.id(), site));
    }

    void remove(int siteId) {
        change(all -> {
            all.sites.remove(siteId);
            all.affiliates.values().removeIf(a -> a.siteId() == siteId);
            all.goals.values().removeIf(g -> g.siteId() == siteId);
            all.funnels.values().removeIf(f -> f.siteId() == siteId);
            all.exclusions.values().removeIf(e -> e.siteId() == siteId);
        });
    }

    void put(Affiliate affiliate) {
        change(all -> all.affiliates.put(affiliate.id(), affiliate));
    }

    void removeAffiliate(int id) {
        change(all -> all.affiliates.remove(id));
    }

    void put(Goal goal) {
        change(all -> all.goals.put(goal.id(), goal));
    }

    void removeGoal(int id) {
        change(all -> all.goals.remove(id));
    }

    void put(Funnel funnel) {
        change(all -> all.funnels.put(funnel.id(), funnel));
    }

    void removeFunnel(int id) {
        change(all -> all.funnels.remove(id));
    }

    void put(Exclusion exclusion) {
        change(all -> all.exclusions.put(exclusion.id(), exclusion));
    }

    void removeExclusion(int id) {
        change(all -> all.exclusions.remove(id));
    }

    private void change(Consumer<All> change) {
        All all = state.all.copy();
        change.accept(all);
        state = State.of(all);
    }
}
