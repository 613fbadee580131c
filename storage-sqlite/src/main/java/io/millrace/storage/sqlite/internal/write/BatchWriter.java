package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Counter;
import io.millrace.engine.Import;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Dictionary;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.rollup.HitFact;
import io.millrace.storage.sqlite.internal.rollup.StatsRows;
import io.millrace.storage.sqlite.internal.rollup.VisitFact;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.OpenDays;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Turns a batch into the statements of one transaction. The store thread's. */
final class BatchWriter {
    private static final String LEDGER = """
        INSERT INTO ledger (site_id, date, counter, count) VALUES (?, ?, ?, ?)
        ON CONFLICT (site_id, date, counter) DO UPDATE SET count = count + excluded.count\
        """;
    private static final String AFFILIATE_VISIT = """
        INSERT INTO affiliate_visits (session_id, affiliate_id, site_id, visitor_id, time, landing_id)
        VALUES (?, ?, ?, ?, ?, ?)\
        """;
    private static final String IMPORT_VISIT =
            "INSERT OR IGNORE INTO import_visits (session_id, import_id) VALUES (?, ?)";
    private static final String POSITION = """
        INSERT INTO positions (source, position) VALUES (?, ?)
        ON CONFLICT (source) DO UPDATE SET position = excluded.position\
        """;

    private static final String STORED =
            "SELECT entry_path_id, exit_path_id, origin_id, place_id, agent_id FROM sessions WHERE id = ?";

    private final CommittedState state;
    private final Dictionary dictionary;
    private final VisitRows visitRows;
    private final HitRows hitRows;

    BatchWriter(CommittedState state) {
        this.state = state;
        this.dictionary = state.dictionary();
        this.visitRows = new VisitRows(dictionary);
        this.hitRows = new HitRows(dictionary);
    }

    void write(StatementCache sql, Batch batch) throws SQLException {
        List<VisitFact> visits = new ArrayList<>(batch.visits().size());
        Map<Long, VisitFact> byId = new HashMap<>(batch.visits().size() * 2);
        for (Batch.VisitChange change : batch.visits()) {
            VisitFact fact = resolve(sql, change);
            visits.add(fact);
            byId.put(fact.after.id(), fact);
        }
        List<HitFact> hits = hitRows.resolve(sql, batch.hits(), byId);
        Map<Long, Integer> newVisitors = state.days().prepare(sql, visits);
        state.days().saveSurplus(sql);
        visitRows.write(sql, visits);
        hitRows.write(sql, hits);
        hitRows.engagement(sql, batch.engagements());
        state.offsets().write(sql, batch);
        for (VisitFact visit : visits) {
            state.packs().touch(sql, visit.siteId, visit.after.startedAt(), visit.after.id());
        }
        StatsRows.write(sql, visits, hits, newVisitors);
        affiliateVisits(sql, batch.affiliateVisits());
        for (HitFact hit : hits) {
            int brought = Import.of(hit.hit().event().position());
            if (brought != 0 && byId.get(hit.hit().visit().id()).opened()) {
                sql.run(IMPORT_VISIT, hit.hit().visit().id(), brought);
            }
        }
        FilteredRows.write(sql, batch.filtered());
        FilteredRows.restored(sql, batch.restored());
        for (Position p : batch.positions()) {
            sql.run(POSITION, p.source(), p.offset());
        }
        ledger(sql, batch.ledger());
        raise(sql, batch);
    }

    /**
     * Writes what counts again into visits as they were, which may start at another time then.
     *
     * @param days on which these visits have hits
     */
    void putBack(StatementCache sql, Site site, Batch batch, Set<Integer> days) throws SQLException {
        List<VisitFact> visits = new ArrayList<>();
        Map<Long, VisitFact> byId = new HashMap<>();
        Set<Integer> visitors = new TreeSet<>();
        for (Batch.VisitChange change : batch.visits()) {
            VisitFact fact = resolve(sql, change);
            visits.add(fact);
            byId.put(fact.after.id(), fact);
            visitors.add(fact.visitorId);
        }
        List<HitFact> hits = hitRows.resolve(sql, batch.hits(), byId);
        OpenDays.Part part = state.days().part(sql, site, days, visitors);
        visitRows.write(sql, visits);
        hitRows.write(sql, hits);
        hitRows.engagement(sql, batch.engagements());
        state.offsets().write(sql, batch);
        for (Batch.VisitChange change : batch.visits()) {
            restart(sql, change);
        }
        for (VisitFact visit : visits) {
            if (visit.hits.stream().anyMatch(hit -> hit.day() != visit.startDay)) {
                state.days().crosses(sql, visit.after.id());
            }
        }
        state.days().replace(sql, part);
        affiliateVisits(sql, batch.affiliateVisits());
        FilteredRows.restored(sql, batch.restored());
        ledger(sql, batch.ledger());
        raise(sql, batch);
    }

    private void restart(StatementCache sql, Batch.VisitChange change) throws SQLException {
        Visit after = change.after();
        int siteId = after.key().siteId();
        if (!change.opened() && change.before().startedAt() != after.startedAt()) {
            sql.run("UPDATE sessions SET started_at = ? WHERE id = ?", after.startedAt(), after.id());
            int day = PackedDays.dayOf(change.before().startedAt());
            if (day != PackedDays.dayOf(after.startedAt())) {
                PackTable.supersede(sql, siteId, day, List.of(after.id()));
                state.packs().leave(change.before().startedAt(), siteId, after.id());
            }
        }
        state.packs().touch(sql, siteId, after.startedAt(), after.id());
    }

    private VisitFact resolve(StatementCache sql, Batch.VisitChange change) throws SQLException {
        VisitFact fact = new VisitFact(change.before(), change.after());
        Visit v = change.after();
        fact.startDay = state.sites().get(fact.siteId).dayOf(v.startedAt());
        dictionary.texts().countFor(fact.siteId, fact.startDay);
        fact.visitorId = dictionary.visitor(sql, fact.siteId, v.key().visitor());
        if (change.before() != null
                && dictionary.texts().capsHaveBitten()
                && resolvedAsStored(sql, fact, change.before())) {
            return fact;
        }
        fact.origin = dictionary.origin(sql, v.origin());
        fact.place = dictionary.place(sql, v.origin().place());
        fact.agent = dictionary.agent(sql, v.origin().agent());
        fact.entryId = dictionary.text(sql, v.origin().entryPath());
        fact.exitId = dictionary.text(sql, v.exitPath());
        if (change.before() != null) {
            fact.entryIdBefore = dictionary.text(sql, change.before().origin().entryPath());
            fact.exitIdBefore = dictionary.text(sql, change.before().exitPath());
        }
        return fact;
    }

    /** What the visit's row says, which may be {@code (other)} of texts that have numbers by now. */
    private boolean resolvedAsStored(StatementCache sql, VisitFact fact, Visit before) throws SQLException {
        try (ResultSet row = sql.bind(STORED, before.id()).executeQuery()) {
            if (!row.next()) {
                return false;
            }
            fact.entryIdBefore = row.getInt(1);
            fact.exitIdBefore = row.getInt(2);
            fact.origin = dictionary.storedOrigin(sql, row.getInt(3));
            fact.place = dictionary.storedPlace(sql, row.getInt(4));
            fact.agent = dictionary.storedAgent(sql, row.getInt(5));
        }
        Visit v = fact.after;
        fact.entryId = Objects.equals(v.origin().entryPath(), before.origin().entryPath())
                ? fact.entryIdBefore
                : dictionary.text(sql, v.origin().entryPath());
        fact.exitId = Objects.equals(v.exitPath(), before.exitPath())
                ? fact.exitIdBefore
                : dictionary.text(sql, v.exitPath());
        return true;
    }

    private void affiliateVisits(StatementCache sql, List<Batch.AffiliateVisit> visits) throws SQLException {
        for (Batch.AffiliateVisit a : visits) {
            Affiliate affiliate = a.affiliate();
            Visit.Key key = a.visit().key();
            sql.run(
                    AFFILIATE_VISIT,
                    a.visit().id(),
                    affiliate.id(),
                    key.siteId(),
                    dictionary.visitor(sql, key.siteId(), key.visitor()),
                    a.event().time(),
                    dictionary.text(sql, a.event().path()));
        }
    }

    private void ledger(StatementCache sql, List<Batch.LedgerEntry> entries) throws SQLException {
        PreparedStatement s = sql.get(LEDGER);
        for (Batch.LedgerEntry e : entries) {
            add(s, e.siteId(), e.epochDay(), e.counter(), e.delta());
        }
    }

    private static void add(PreparedStatement s, int siteId, int day, Counter counter, long delta) throws SQLException {
        s.setInt(1, siteId);
        s.setString(2, LocalDate.ofEpochDay(day).toString());
        s.setString(3, counter.label());
        s.setLong(4, delta);
        s.executeUpdate();
    }

    private void raise(StatementCache sql, Batch batch) throws SQLException {
        Set<Integer> touched = new HashSet<>();
        batch.visits().forEach(v -> touched.add(v.after().key().siteId()));
        batch.hits().forEach(h -> touched.add(h.event().site().id()));
        batch.ledger().forEach(l -> touched.add(l.siteId()));
        for (int siteId : touched) {
            if (siteId != 0) {
                state.generations().raise(sql, siteId);
            }
        }
    }
}
