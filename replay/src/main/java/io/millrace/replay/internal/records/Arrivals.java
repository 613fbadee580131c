package io.millrace.replay.internal.records;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Past;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Payout;
import io.millrace.engine.Position;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Brings the records of an export into an engine, in their order. What is there already stays as it is: a site by its domain, what it
 * has by its name, a payment by its id, a visit by its start. Not thread-safe.
 */
public final class Arrivals {
    /** More in one transaction would keep beacons waiting. */
    private static final int AT_ONCE = 200;

    private static final int HITS_AT_ONCE = 2_000;

    private final Engine engine;

    @Fixed("emptied at the limit")
    private final List<PastVisit> visits = new ArrayList<>();

    @Fixed("emptied at the limit")
    private final List<FilteredEvent> filtered = new ArrayList<>();

    private int waitingHits;
    private Position position;
    private long stored;
    private long known;
    private long tooOld;

    public Arrivals(Engine engine) {
        this.engine = engine;
    }

    /** Page views and events that are stored now. */
    public long stored() {
        return stored;
    }

    /** Page views and events that were stored before. */
    public long known() {
        return known;
    }

    /** Page views and events of days whose rows were pruned. */
    public long tooOld() {
        return tooOld;
    }

    /**
     * Takes a record; visits wait for others, see {@link #flush}.
     *
     * @param position how far the source has been read with it; null: not known
     * @throws IllegalArgumentException when it says what cannot be; its message is for people
     */
    public void take(String kind, Object value, Position position) {
        Members m = Members.of(value, kind);
        try {
            if (kind.equals("visit")) {
                visit(m);
            } else if (kind.equals("filtered")) {
                filtered.add(VisitFormat.filtered(m, site(m), engine.sites()));
            } else {
                flush();
                other(kind, m);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a day or time zone that is none", e);
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.CONTENT) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            throw e;
        }
        this.position = position == null ? this.position : position;
        if (visits.size() >= AT_ONCE || filtered.size() >= AT_ONCE || waitingHits >= HITS_AT_ONCE) {
            flush();
        }
    }

    /** Stores what waits. */
    public void flush() {
        if (!visits.isEmpty() || !filtered.isEmpty() || position != null) {
            store(new Past(visits, filtered, List.of(), position));
        }
        visits.clear();
        filtered.clear();
        waitingHits = 0;
        position = null;
    }

    private void store(Past past) {
        Past.Brought brought = await(engine.bring(past));
        stored += brought.hits();
        known += brought.known();
        tooOld += brought.tooOld();
    }

    private void visit(Members m) {
        PastVisit visit = VisitFormat.visit(m, site(m), engine.sites());
        visits.add(visit);
        waitingHits += visit.hits().size();
    }

    private void other(String kind, Members m) {
        switch (kind) {
            case "export" -> {}
            case "site" -> site(SiteFormat.site(m));
            case "affiliate" -> affiliate(SiteFormat.affiliate(m, site(m)));
            case "goal" -> goal(SiteFormat.goal(m, site(m)));
            case "exclusion" -> exclusion(SiteFormat.exclusion(m, site(m)));
            case "funnel" -> {
                Site site = site(m);
                funnel(SiteFormat.funnel(m, site, engine.sites().goals(site.id())));
            }
            case "segment" -> segment(SiteFormat.segment(m, site(m)));
            case "annotation" -> annotation(SiteFormat.annotation(m, site(m)));
            case "ledger" -> ledger(m, site(m));
            case "conversion" -> conversion(m, site(m));
            case "payout" -> payout(SiteFormat.payout(m, site(m), affiliate(m, site(m))));
            default -> throw new IllegalArgumentException(kind + ": not known");
        }
    }

    private Site site(Members m) {
        Site site = engine.sites().byDomain(m.need("site"));
        if (site == null) {
            throw new IllegalArgumentException("site: not known");
        }
        return site;
    }

    private void site(Site site) {
        if (engine.sites().byDomain(site.domain()) == null) {
            await(engine.addSite(site));
        }
    }

    private Affiliate affiliate(Members m, Site site) {
        String slug = m.text("affiliate");
        return slug == null ? null : engine.sites().affiliate(site.id(), slug);
    }

    private void affiliate(Affiliate affiliate) {
        if (engine.sites().affiliate(affiliate.siteId(), affiliate.slug()) == null) {
            await(engine.saveAffiliate(affiliate));
        }
    }

    private void goal(Goal goal) {
        if (engine.sites().goals(goal.siteId()).stream().noneMatch(g -> g.name().equals(goal.name()))) {
            await(engine.saveGoal(goal));
        }
    }

    private void exclusion(Exclusion rule) {
        if (engine.sites().exclusions(rule.siteId()).stream()
                .noneMatch(e -> e.kind() == rule.kind() && e.pattern().equals(rule.pattern()))) {
            await(engine.saveExclusion(rule));
        }
    }

    private void funnel(Funnel funnel) {
        if (engine.sites().funnels(funnel.siteId()).stream()
                .noneMatch(f -> f.name().equals(funnel.name()))) {
            await(engine.saveFunnel(funnel));
        }
    }

    private void segment(AccountStore.Segment segment) {
        segment.fault().ifPresent(Arrivals::refuse);
        await(engine.execute(writer -> {
            AccountStore accounts = engine.storage().accounts();
            boolean there = accounts.segments().stream()
                    .anyMatch(s -> s.siteId() == segment.siteId()
                            && s.userId() == 0
                            && s.name().equals(segment.name()));
            return there ? null : accounts.saveSegment(segment);
        }));
    }

    private void annotation(AccountStore.Annotation annotation) {
        annotation.fault().ifPresent(Arrivals::refuse);
        await(engine.execute(writer -> {
            AccountStore accounts = engine.storage().accounts();
            boolean there = accounts.annotations(annotation.siteId()).stream()
                    .anyMatch(a -> a.time() == annotation.time() && a.text().equals(annotation.text()));
            return there ? null : accounts.saveAnnotation(annotation);
        }));
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }

    /** Of each counter the larger number stays: an export of a day that went on says more than the one before. */
    private void ledger(Members m, Site site) {
        int day = (int) LocalDate.parse(m.need("date")).toEpochDay();
        Members counters = m.object("counters");
        Map<Counter, Long> there = engine.storage().reader().ledger(site.id(), day, day);
        List<Batch.LedgerEntry> more = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            long missing = counters.number(counter.label()) - there.getOrDefault(counter, 0L);
            if (missing > 0) {
                more.add(new Batch.LedgerEntry(site.id(), day, counter, missing));
            }
        }
        store(new Past(List.of(), List.of(), more, null));
    }

    private void conversion(Members m, Site site) {
        Visit.Key visit = m.has("visit")
                ? new Visit.Key(
                        site.id(),
                        m.object("visit").need("visitor"),
                        m.object("visit").text("session_id"))
                : null;
        long start = visit == null ? 0 : m.object("visit").time("started_at");
        Affiliate affiliate = affiliate(m, site);
        List<Members> refunds = m.objects("refunds");
        await(engine.execute(writer -> {
            long visitId = visit == null
                    ? 0
                    : writer.findVisit(visit, start, start, Long.MIN_VALUE)
                            .map(found -> found.visit().id())
                            .orElse(0L);
            Conversion told = SiteFormat.conversion(m, site, visitId, affiliate);
            Conversion conversion =
                    writer.findConversion(site.id(), told.externalId()).orElseGet(() -> writer.saveConversion(told));
            for (Members refund : refunds) {
                conversion = refund(writer, SiteFormat.refund(refund, conversion), conversion);
            }
            return null;
        }));
    }

    /** One that has no id of its own took back all that was left, so nothing is left for it the second time. */
    private static Conversion refund(StorageWriter writer, Refund refund, Conversion before) {
        boolean known = refund.externalId() == null
                ? before.left() == 0
                : writer.findRefund(before.siteId(), refund.externalId()).isPresent();
        if (known || refund.amount() > before.left()) {
            return before;
        }
        writer.saveRefund(refund, before);
        return refund.of(before);
    }

    private void payout(Payout payout) {
        payout.fault().ifPresent(Arrivals::refuse);
        await(engine.execute(writer -> writer.findPayout(payout.siteId(), payout.affiliateId(), payout.reference())
                .orElseGet(() -> writer.savePayout(payout))));
    }

    private static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
