package io.millrace.engine.internal.memory;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Payout;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The write role of the in-memory storage. */
record MemoryWriter(MemoryData data, MemoryAccounts accounts) implements StorageWriter {
    private static final int RECENT_IDS = 128;

    @Override
    public void write(Batch batch) {
        data.writing(() -> {
            Set<Integer> touched = new HashSet<>();
            for (Batch.VisitChange change : batch.visits()) {
                data.visits.put(change.after().id(), change.after());
                touched.add(change.after().key().siteId());
            }
            for (Batch.Hit hit : batch.hits()) {
                data.hits.add(new MemoryData.Hit(hit.visit().id(), hit.event()));
                touched.add(hit.event().site().id());
            }
            for (Batch.Engagement e : batch.engagements()) {
                data.engagements.put(MemoryData.viewKey(e.visit().id(), e.view().id()), e.view());
            }
            for (Batch.AffiliateVisit a : batch.affiliateVisits()) {
                data.affiliateHits.add(new MemoryData.AffiliateHit(
                        a.affiliate().id(), a.visit().id(), a.event()));
            }
            for (FilteredEvent f : batch.filtered()) {
                data.filtered.add(f.withId(++data.lastFiltered));
                Event.Excluded by = f.event().excluded();
                if (by != null) {
                    data.excluded.merge(new MemoryData.Excluded(by.id(), f.epochDay()), 1L, Long::sum);
                }
            }
            data.filtered.removeAll(batch.restored());
            batch.ledger()
                    .forEach(l -> data.ledger.merge(
                            new MemoryData.LedgerKey(l.siteId(), l.epochDay(), l.counter()), l.delta(), Long::sum));
            batch.positions().forEach(p -> data.positions.put(p.source(), p));
            touched.forEach(data::touched);
            return null;
        });
    }

    @Override
    public Kept filtered(int siteId, Counter reason, long after, int limit) {
        List<FilteredEvent> events = data.reading(() -> data.filtered.stream()
                .filter(f -> f.id() > after
                        && f.event().site().id() == siteId
                        && f.event().filtered() == reason)
                .limit(limit)
                .toList());
        return new Kept(
                events, events.isEmpty() ? after : events.get(events.size() - 1).id(), !events.isEmpty());
    }

    @Override
    public long lastVisitId() {
        return data.reading(
                () -> data.visits.keySet().stream().mapToLong(id -> id).max().orElse(0));
    }

    @Override
    public Catalog catalog() {
        return data.reading(() -> new Catalog(
                List.copyOf(data.sites.values()),
                List.copyOf(data.affiliates.values()),
                List.copyOf(data.goals.values()),
                List.copyOf(data.funnels.values()),
                List.copyOf(data.exclusions.values()),
                Map.copyOf(data.positions)));
    }

    @Override
    public Optional<Found> findVisit(Visit.Key key, long startedFrom, long startedTo, long activeSince) {
        return data.reading(() -> data.visits.values().stream()
                .filter(v -> v.key().siteId() == key.siteId()
                        && v.key().visitor().equals(key.visitor())
                        && v.startedAt() >= startedFrom
                        && v.startedAt() <= startedTo)
                .sorted(Comparator.comparingLong(Visit::startedAt)
                        .thenComparingLong(Visit::id)
                        .reversed())
                .limit(LATEST_VISITS)
                .filter(v -> v.key().equals(key) && v.lastActivity() >= activeSince)
                .findFirst()
                .map(v -> new Found(v, recentIds(v))));
    }

    private List<String> recentIds(Visit visit) {
        List<String> ids = data.hits.stream()
                .filter(h -> h.visitId() == visit.id())
                .map(h -> h.event().id())
                .filter(Objects::nonNull)
                .toList();
        return ids.subList(Math.max(0, ids.size() - RECENT_IDS), ids.size());
    }

    @Override
    public boolean contains(int siteId, String id, long from, long to) {
        return data.reading(() -> data.hits.stream()
                .map(MemoryData.Hit::event)
                .anyMatch(e -> e.site().id() == siteId && id.equals(e.id()) && e.time() >= from && e.time() <= to));
    }

    @Override
    public Optional<Visit.View> findView(Visit visit, String viewId) {
        return data.reading(() -> data.hits.stream()
                .filter(h -> h.visitId() == visit.id()
                        && h.event().type() == Beacon.Type.PAGEVIEW
                        && viewId.equals(h.event().id()))
                .findFirst()
                .map(h -> data.engagements.getOrDefault(
                        MemoryData.viewKey(visit.id(), viewId), new Visit.View(viewId, 0, 0))));
    }

    @Override
    public List<Visit> activeSince(long since, int limit) {
        List<Visit> found = data.reading(() -> data.visits.values().stream()
                .filter(v -> v.lastActivity() >= since)
                .sorted(Comparator.comparingLong(Visit::lastActivity))
                .toList());
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    @Override
    public Site saveSite(Site site) {
        return data.writing(() -> {
            for (Site other : data.sites.values()) {
                site.clashWith(other).ifPresent(why -> refuse(true, why));
            }
            Site saved = site.withId(idOr(site.id(), data.sites));
            data.sites.put(saved.id(), saved);
            data.touched(saved.id());
            return saved;
        });
    }

    private static int idOr(int id, Map<Integer, ?> others) {
        return id != 0 ? id : others.keySet().stream().mapToInt(i -> i).max().orElse(0) + 1;
    }

    private static void refuse(boolean when, String why) {
        if (when) {
            throw new StorageException(StorageException.Kind.CONTENT, why);
        }
    }

    @Override
    public void removeSite(int siteId) {
        data.writing(() -> {
            data.sites.remove(siteId);
            data.affiliates.values().removeIf(a -> a.siteId() == siteId);
            data.goals.values().removeIf(g -> g.siteId() == siteId);
            data.funnels.values().removeIf(f -> f.siteId() == siteId);
            data.exclusions.values().removeIf(e -> e.siteId() == siteId);
            data.visits.values().removeIf(v -> v.key().siteId() == siteId);
            data.hits.removeIf(h -> h.event().site().id() == siteId);
            data.affiliateHits.removeIf(a -> a.event().site().id() == siteId);
            data.filtered.removeIf(f -> f.event().site().id() == siteId);
            data.ledger.keySet().removeIf(k -> k.siteId() == siteId);
            data.conversions.values().removeIf(c -> c.siteId() == siteId);
            data.refunds.values().removeIf(r -> r.siteId() == siteId);
            data.payouts.values().removeIf(p -> p.siteId() == siteId);
            accounts.removeSite(siteId);
            data.touched(siteId);
            return null;
        });
    }

    @Override
    public Affiliate saveAffiliate(Affiliate a) {
        return data.writing(() -> {
            refuse(
                    data.affiliates.values().stream()
                            .anyMatch(o -> o.id() != a.id()
                                    && o.siteId() == a.siteId()
                                    && o.slug().equals(a.slug())),
                    "slug: " + a.slug() + " is an affiliate of this site already");
            Affiliate saved = a.withId(idOr(a.id(), data.affiliates));
            data.affiliates.put(saved.id(), saved);
            data.touched(saved.siteId());
            return saved;
        });
    }

    @Override
    public void removeAffiliate(int affiliateId) {
        data.writing(() -> {
            Affiliate gone = data.affiliates.remove(affiliateId);
            data.conversions.replaceAll((id, c) -> c.affiliateId() == affiliateId ? c.withoutAffiliate() : c);
            data.payouts.values().removeIf(p -> p.affiliateId() == affiliateId);
            if (gone != null) {
                data.touched(gone.siteId());
            }
            return null;
        });
    }

    @Override
    public Goal saveGoal(Goal g) {
        return data.writing(() -> {
            refuse(
                    data.goals.values().stream()
                            .anyMatch(o -> o.id() != g.id()
                                    && o.siteId() == g.siteId()
                                    && o.name().equals(g.name())),
                    "name: " + g.name() + " is a goal of this site already");
            Goal saved = g.withId(idOr(g.id(), data.goals));
            data.goals.put(saved.id(), saved);
            data.touched(saved.siteId());
            return saved;
        });
    }

    @Override
    public void removeGoal(int siteId, int goalId) {
        data.writing(() -> {
            data.goals.values().removeIf(g -> g.id() == goalId && g.siteId() == siteId);
            data.touched(siteId);
            return null;
        });
    }

    @Override
    public Exclusion saveExclusion(Exclusion e) {
        return data.writing(() -> {
            Exclusion saved = e.withId(idOr(e.id(), data.exclusions));
            data.exclusions.put(saved.id(), saved);
            return saved;
        });
    }

    @Override
    public void removeExclusion(int siteId, int exclusionId) {
        data.writing(() -> {
            data.exclusions.values().removeIf(e -> e.id() == exclusionId && e.siteId() == siteId);
            data.excluded.keySet().removeIf(by -> by.exclusionId() == exclusionId);
            return null;
        });
    }

    @Override
    public Funnel saveFunnel(Funnel f) {
        return data.writing(() -> {
            refuse(
                    data.funnels.values().stream()
                            .anyMatch(o -> o.id() != f.id()
                                    && o.siteId() == f.siteId()
                                    && o.name().equals(f.name())),
                    "name: " + f.name() + " is a funnel of this site already");
            Funnel saved = f.withId(idOr(f.id(), data.funnels));
            data.funnels.put(saved.id(), saved);
            data.touched(saved.siteId());
            return saved;
        });
    }

    @Override
    public void removeFunnel(int siteId, int funnelId) {
        data.writing(() -> {
            data.funnels.values().removeIf(f -> f.id() == funnelId && f.siteId() == siteId);
            data.touched(siteId);
            return null;
        });
    }

    @Override
    public Optional<Visit> findVisit(int siteId, String visitor, String sessionId, long at) {
        return data.reading(() -> data.visits.values().stream()
                .filter(v -> v.key().siteId() == siteId
                        && (visitor == null || visitor.equals(v.key().visitor()))
                        && (sessionId == null || sessionId.equals(v.key().sessionId()))
                        && v.startedAt() <= at)
                .max(Comparator.comparingLong(Visit::startedAt).thenComparingLong(Visit::id)));
    }

    @Override
    public List<AffiliateTouch> touches(int siteId, String visitor, long at) {
        return data.reading(() -> {
            Map<Integer, AffiliateTouch> latest = new HashMap<>();
            for (MemoryData.AffiliateHit a : data.affiliateHits) {
                Visit visit = data.visits.get(a.visitId());
                if (visit.key().siteId() == siteId
                        && visit.key().visitor().equals(visitor)
                        && a.event().time() <= at) {
                    AffiliateTouch touch = new AffiliateTouch(
                            a.affiliateId(), a.visitId(), a.event().time());
                    latest.merge(touch.affiliateId(), touch, (x, y) -> y.time() >= x.time() ? y : x);
                }
            }
            return new ArrayList<>(latest.values());
        });
    }

    @Override
    public Optional<Conversion> findConversion(int siteId, String externalId) {
        return data.reading(() -> data.conversions.values().stream()
                .filter(c -> c.siteId() == siteId && c.externalId().equals(externalId))
                .findFirst());
    }

    @Override
    public Conversion saveConversion(Conversion c) {
        return data.writing(() -> {
            refuse(
                    data.conversions.values().stream()
                            .anyMatch(o -> o.id() != c.id()
                                    && o.siteId() == c.siteId()
                                    && o.externalId().equals(c.externalId())),
                    "external_id: " + c.externalId() + " is recorded already");
            Conversion saved = c.id() == 0 ? c.withId(next(data.conversions)) : c;
            data.conversions.put(saved.id(), saved);
            data.touched(saved.siteId());
            return saved;
        });
    }

    private static long next(Map<Long, ?> others) {
        return others.keySet().stream().mapToLong(id -> id).max().orElse(0) + 1;
    }

    @Override
    public Optional<Payout> findPayout(int siteId, int affiliateId, String reference) {
        return data.payouts(siteId, affiliateId).stream()
                .filter(p -> p.reference().equals(reference))
                .findFirst();
    }

    @Override
    public Payout savePayout(Payout payout) {
        return data.writing(() -> {
            refuse(
                    findPayout(payout.siteId(), payout.affiliateId(), payout.reference())
                            .isPresent(),
                    "reference: " + payout.reference() + " is recorded already");
            Payout saved = payout.withId(next(data.payouts));
            data.payouts.put(saved.id(), saved);
            data.touched(saved.siteId());
            return saved;
        });
    }

    @Override
    public Optional<Payout> removePayout(int siteId, int affiliateId, long id) {
        return data.writing(() -> {
            Optional<Payout> found = data.payouts(siteId, affiliateId).stream()
                    .filter(p -> p.id() == id)
                    .findFirst();
            data.payouts.remove(found.map(Payout::id).orElse(0L));
            data.touched(siteId);
            return found;
        });
    }

    @Override
    public Optional<Refund> findRefund(int siteId, String externalId) {
        return data.reading(() -> data.refunds.values().stream()
                .filter(r -> r.siteId() == siteId && externalId.equals(r.externalId()))
                .findFirst());
    }

    @Override
    public Refund saveRefund(Refund refund, Conversion before) {
        return data.writing(() -> {
            refuse(
                    refund.externalId() != null
                            && findRefund(refund.siteId(), refund.externalId()).isPresent(),
                    "external_id: " + refund.externalId() + " is recorded already");
            Refund saved = refund.withId(next(data.refunds));
            data.refunds.put(saved.id(), saved);
            data.conversions.put(before.id(), refund.of(before));
            data.touched(saved.siteId());
            return saved;
        });
    }
}
