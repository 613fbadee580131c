package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageWriter.Kept;
import io.millrace.engine.spi.StorageWriter.Withdrawn;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Puts hits that were withdrawn back into their visits, a few at a time, what went last first: so each is to its visit what it
 * was. Each call is within a transaction of its own. The store
 * thread's.
 */
final class Returning {
    private static final long REPEAT_MILLIS = 60_000;

    private final CommittedState state;
    private final BatchWriter batches;

    Returning(CommittedState state, BatchWriter batches) {
        this.state = state;
        this.batches = batches;
    }

    /** A visit that gets hits back. */
    private static final class Gain {
        final Visit before;
        final Set<Integer> days = new TreeSet<>();
        Visit now;
        boolean opened;
        boolean entered;

        Gain(Visit before, Visit now) {
            this.before = before;
            this.now = now;
        }

        /** Of what went at different times, what went first knows best how the visit began. */
        void take(Event e, FilteredEvent.OfVisit of) {
            Visit v = now;
            boolean page = e.type() == Beacon.Type.PAGEVIEW;
            boolean exit = page && (v.exitPath() == null || e.time() >= v.exitAt());
            boolean opens = of.opened() && !opened;
            boolean enters = of.entry() && !entered;
            List<Integer> credited = new ArrayList<>(v.affiliates());
            if (e.affiliate() != null && !credited.contains(e.affiliate().id())) {
                credited.add(e.affiliate().id());
            }
            now = new Visit(
                    v.id(),
                    v.key(),
                    opens ? of.startedAt() : v.startedAt(),
                    Math.max(v.lastActivity(), Math.max(e.time(), of.lastActivity())),
                    v.pageViews() + (page ? 1 : 0),
                    v.events() + (page ? 0 : 1),
                    v.engagedMillis() + e.engagedMillis(),
                    exit ? e.path() : v.exitPath(),
                    exit ? e.time() : v.exitAt(),
                    enters ? v.origin().withEntryPath(e.path()) : v.origin(),
                    List.copyOf(credited));
            opened |= opens;
            entered |= enters;
        }
    }

    /** @param affiliates those that there are, by their ids */
    Withdrawn step(
            StatementCache sql,
            Site site,
            Counter reason,
            Predicate<Event> which,
            long before,
            IntFunction<Affiliate> affiliates)
            throws SQLException {
        WithdrawalRows.remove(sql, site.id(), reason);
        Kept kept = FilteredRows.withdrawn(sql, site, reason, before, Withdrawing.HITS_A_STEP, affiliates);
        Run run = new Run(sql, site);
        for (FilteredEvent event : kept.events()) {
            if (which.test(event.event())
                    && event.event().time() >= state.sites().kept(site.id()).rowsFrom()) {
                run.take(event);
            }
        }
        Batch batch = run.batch(reason);
        if (!batch.isEmpty()) {
            batches.putBack(sql, site, batch, run.days());
        }
        Set<Visit.Key> keys = new HashSet<>();
        run.gains.values().forEach(gain -> keys.add(gain.now.key()));
        return new Withdrawn(batch.hits().size(), keys, kept.reached(), kept.more());
    }

    /** One step. */
    private static final class Run {
        private final StatementCache sql;
        private final Site site;
        private final Map<Long, Gain> gains = new TreeMap<>();
        private final List<Batch.Hit> hits = new ArrayList<>();
        private final List<Batch.Engagement> engagements = new ArrayList<>();
        private final List<Batch.AffiliateVisit> affiliateVisits = new ArrayList<>();
        private final List<FilteredEvent> restored = new ArrayList<>();
        private final Map<Integer, Long> stored = new TreeMap<>();
        private final Map<Integer, Long> repeated = new TreeMap<>();

        Run(StatementCache sql, Site site) {
            this.sql = sql;
            this.site = site;
        }

        void take(FilteredEvent kept) throws SQLException {
            Event e = kept.event();
            restored.add(kept);
            if (e.id() != null && known(e)) {
                repeated.merge(kept.epochDay(), 1L, Long::sum);
                return;
            }
            stored.merge(kept.epochDay(), 1L, Long::sum);
            FilteredEvent.OfVisit of = kept.ofVisit();
            Gain gain = gains.get(of.visitId());
            if (gain == null) {
                gain = gain(of, e);
                gains.put(of.visitId(), gain);
            }
            List<Integer> credited = gain.now.affiliates();
            gain.take(e, of);
            gain.days.add(site.dayOf(e.time()));
            hits.add(new Batch.Hit(gain.now, e));
            if (e.engagedMillis() > 0 || e.scroll() > 0) {
                engagements.add(new Batch.Engagement(gain.now, new Visit.View(e.id(), e.engagedMillis(), e.scroll())));
            }
            if (e.affiliate() != null && !credited.contains(e.affiliate().id())) {
                affiliateVisits.add(new Batch.AffiliateVisit(e.affiliate(), gain.now, e));
            }
        }

        /** Whether it was sent again, and counted, while it was away. */
        private boolean known(Event e) throws SQLException {
            return HitRows.contains(sql, site.id(), e.id(), e.time() - REPEAT_MILLIS, e.time() + REPEAT_MILLIS);
        }

        private Gain gain(FilteredEvent.OfVisit of, Event e) throws SQLException {
            List<Visit> stored = VisitMapper.list(sql.bind(VisitMapper.SELECT + "WHERE s.id = ?", of.visitId()));
            if (stored.isEmpty()) {
                Visit.Key key = new Visit.Key(site.id(), e.visitor(), e.sessionId());
                Visit.Origin origin = Visit.Origin.of(e).withEntryPath(null);
                return new Gain(
                        null,
                        new Visit(
                                of.visitId(),
                                key,
                                of.startedAt(),
                                of.startedAt(),
                                0,
                                0,
                                0,
                                null,
                                0,
                                origin,
                                List.of()));
            }
            Gain gain = new Gain(stored.get(0), stored.get(0));
            String times = "SELECT time FROM page_views WHERE session_id = ?1"
                    + " UNION ALL SELECT time FROM events WHERE session_id = ?1";
            sql.each(times, row -> gain.days.add(site.dayOf(row.getLong(1))), of.visitId());
            return gain;
        }

        Set<Integer> days() {
            Set<Integer> days = new TreeSet<>();
            gains.values().forEach(gain -> days.addAll(gain.days));
            return days;
        }

        Batch batch(Counter reason) {
            List<Batch.LedgerEntry> ledger = new ArrayList<>();
            Map<Integer, Long> all = new HashMap<>(stored);
            repeated.forEach((day, n) -> all.merge(day, n, Long::sum));
            all.forEach((day, n) -> ledger.add(new Batch.LedgerEntry(site.id(), day, reason, -n)));
            stored.forEach((day, n) -> ledger.add(new Batch.LedgerEntry(site.id(), day, Counter.STORED, n)));
            repeated.forEach((day, n) -> ledger.add(new Batch.LedgerEntry(site.id(), day, Counter.DUPLICATE, n)));
            List<Batch.VisitChange> visits = gains.values().stream()
                    .map(gain -> new Batch.VisitChange(gain.before, gain.now))
                    .filter(change -> !Objects.equals(change.before(), change.after()))
                    .toList();
            return new Batch(visits, hits, engagements, affiliateVisits, List.of(), restored, ledger, List.of());
        }
    }
}
