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
import io.millrace.engine.Position;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.Fixed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** What the in-memory storage holds, and the lock that makes each write one step for readers. */
@Fixed("the storage in memory keeps all that it is given")
final class MemoryData {
    record Hit(long visitId, Event event) {}

    record AffiliateHit(int affiliateId, long visitId, Event event) {}

    record Excluded(int exclusionId, int epochDay) {}

    record LedgerKey(int siteId, int epochDay, Counter counter) {}

    final Map<Integer, Site> sites = new TreeMap<>();
    final Map<Integer, Affiliate> affiliates = new TreeMap<>();
    final Map<Integer, Goal> goals = new TreeMap<>();
    final Map<Integer, Funnel> funnels = new TreeMap<>();
    final Map<Integer, Exclusion> exclusions = new TreeMap<>();
    final Map<Excluded, Long> excluded = new HashMap<>();
    final Map<Long, Visit> visits = new TreeMap<>();
    final List<Hit> hits = new ArrayList<>();
    final Map<String, Visit.View> engagements = new HashMap<>();
    final List<AffiliateHit> affiliateHits = new ArrayList<>();
    final List<FilteredEvent> filtered = new ArrayList<>();
    long lastFiltered;
    final Map<LedgerKey, Long> ledger = new HashMap<>();
    final Map<String, Position> positions = new HashMap<>();
    final Map<Long, Conversion> conversions = new TreeMap<>();
    final Map<Long, Refund> refunds = new TreeMap<>();
    final Map<Long, Payout> payouts = new TreeMap<>();
    final Map<Integer, Long> generations = new HashMap<>();

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    static String viewKey(long visitId, String viewId) {
        return visitId + "/" + viewId;
    }

    /** How long and how far a page view was read; zeros of what was not said, and of custom events. */
    Visit.View engagement(Hit hit) {
        String id = hit.event().id();
        Visit.View known = id == null || hit.event().type() != Beacon.Type.PAGEVIEW
                ? null
                : engagements.get(viewKey(hit.visitId(), id));
        return known == null ? new Visit.View(id, 0, 0) : known;
    }

    List<Payout> payouts(int siteId, int affiliateId) {
        return reading(() -> payouts.values().stream()
                .filter(p -> p.siteId() == siteId && p.affiliateId() == affiliateId)
                .sorted(Comparator.comparingLong(Payout::paidAt)
                        .thenComparingLong(Payout::id)
                        .reversed())
                .toList());
    }

    void touched(int siteId) {
        generations.merge(siteId, 1L, Long::sum);
    }

    <T> T reading(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    <T> T writing(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
