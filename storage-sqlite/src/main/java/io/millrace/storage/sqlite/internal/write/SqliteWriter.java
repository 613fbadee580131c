package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Import;
import io.millrace.engine.Payout;
import io.millrace.engine.Position;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.Withdrawal;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.connection.Checkpoints;
import io.millrace.storage.sqlite.internal.connection.DiskReserve;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.StorageMetrics;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.dictionary.EventIds;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.mapper.SaleMapper;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The write role: one connection, one transaction a call. The store thread's. */
public final class SqliteWriter implements StorageWriter {
    /** Packs, affiliate visits and conversions outlive pruned visits, whose numbers must not be given again. */
    private static final String LAST_VISIT =
            "SELECT max(id) FROM (SELECT max(id) AS id FROM sessions UNION ALL SELECT max(session_id) FROM"
                    + " affiliate_visits UNION ALL SELECT max(session_id) FROM conversions UNION ALL SELECT max(last_id)"
                    + " FROM packs)";

    private static final String RECENT = """
        SELECT event_id FROM (
            SELECT time, event_id FROM page_views WHERE session_id = ?1 AND event_id IS NOT NULL
            UNION ALL
            SELECT time, event_id FROM events WHERE session_id = ?1 AND event_id IS NOT NULL)
        ORDER BY time DESC LIMIT 128\
        """;

    private final WriteConnection connection;
    private final CommittedState state;
    private final Checkpoints checkpoints;
    private final Housekeeping housekeeping;
    private final DiskReserve disk;
    private final StorageMetrics metrics;
    private final BatchWriter batches;
    private final Withdrawing withdrawing;
    private final Returning returning;
    private final ConversionRows conversions;

    public SqliteWriter(
            WriteConnection connection,
            CommittedState state,
            Checkpoints checkpoints,
            Housekeeping housekeeping,
            DiskReserve disk,
            StorageMetrics metrics) {
        this.connection = connection;
        this.state = state;
        this.checkpoints = checkpoints;
        this.housekeeping = housekeeping;
        this.disk = disk;
        this.metrics = metrics;
        this.batches = new BatchWriter(state);
        this.withdrawing = new Withdrawing(state);
        this.returning = new Returning(state, batches);
        this.conversions = new ConversionRows(state.dictionary());
    }

    @Override
    public void write(Batch batch) {
        connection.use(
                "checkpoint", sql -> checkpoints.beforeBatch(sql, batch.hits().size()));
        long start = System.nanoTime();
        connection.change("batch of " + batch.hits().size() + " hits", sql -> batches.write(sql, batch));
        metrics.committed(batch.hits().size(), System.nanoTime() - start);
        disk.written(batch.hits().size());
        if (shortage() == null) {
            housekeeping.afterBatch(batch.hits().size());
        }
    }

    private SiteDao dao() {
        return connection.handle().attach(SiteDao.class);
    }

    @Override
    public List<Batch.LedgerEntry> takeNotes() {
        List<Batch.LedgerEntry> notes = new ArrayList<>();
        note(notes, Counter.CAPPED_TEXT, state.dictionary().texts().takeCapped());
        note(notes, Counter.CAPPED_VALUE, state.days().takeCapped());
        return notes;
    }

    private static void note(List<Batch.LedgerEntry> notes, Counter counter, Map<Long, Integer> bySiteDay) {
        bySiteDay.forEach(
                (key, n) -> notes.add(new Batch.LedgerEntry(SiteDayKey.site(key), SiteDayKey.day(key), counter, n)));
    }

    @Override
    public String shortage() {
        return disk.shortage(this::owed);
    }

    private long owed() {
        try {
            return connection.read("size", checkpoints::owed);
        } catch (StorageException e) {
            return 0; // the next batch will say what is wrong
        }
    }

    @Override
    public long mostWaitingBytes() {
        return disk.mostWaiting();
    }

    @Override
    public void probe() {
        connection.probe();
    }

    @Override
    public long lastVisitId() {
        return connection.read("last visit", sql -> sql.number(0, LAST_VISIT));
    }

    @Override
    public Catalog catalog() {
        return connection.read("catalog", sql -> {
            SiteDao dao = dao();
            Map<String, Position> positions = new HashMap<>();
            sql.each(
                    "SELECT source, position FROM positions",
                    row -> positions.put(row.getString(1), new Position(row.getString(1), row.getLong(2))));
            List<Funnel> funnels = dao.funnels().stream()
                    .map(f -> f.withSteps(dao.steps(f.id())))
                    .toList();
            return new Catalog(
                    dao.sites(), dao.affiliates(), dao.goals(), funnels, dao.exclusions(), Map.copyOf(positions));
        });
    }

    @Override
    public Optional<Found> findVisit(Visit.Key key, long startedFrom, long startedTo, long activeSince) {
        if (state.sites().find(key.siteId()) == null) {
            return Optional.empty(); // it is removed, but for some rows
        }
        return connection.read("visit look-up", sql -> {
            int visitor = state.dictionary().visitorIfKnown(sql, key.siteId(), key.visitor());
            if (visitor == 0) {
                return Optional.empty();
            }
            PreparedStatement s = sql.bind(
                    VisitMapper.SELECT + """
                        WHERE s.id IN (SELECT id FROM sessions WHERE visitor_id = ? AND started_at BETWEEN ? AND ?
                                ORDER BY started_at DESC, id DESC LIMIT ?)
                            AND s.client_id IS ? AND s.started_at + s.length_ms >= ?
                        ORDER BY s.started_at DESC, s.id DESC LIMIT 1\
                        """,
                    visitor,
                    startedFrom,
                    startedTo,
                    LATEST_VISITS,
                    key.sessionId(),
                    activeSince);
            List<Visit> visits = VisitMapper.list(s);
            return visits.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Found(
                            visits.get(0), recentIds(sql, visits.get(0).id())));
        });
    }

    private static List<String> recentIds(StatementCache sql, long visitId) throws SQLException {
        return StatementCache.list(sql.bind(RECENT, visitId), row -> EventIds.unpack(row.getObject(1)));
    }

    @Override
    public boolean contains(int siteId, String id, long from, long to) {
        return state.sites().find(siteId) != null
                && connection.read("repeat look-up", sql -> HitRows.contains(sql, siteId, id, from, to));
    }

    @Override
    public long takesFrom(int siteId) {
        return state.sites().kept(siteId).rowsFrom();
    }

    @Override
    public Optional<Visit.View> findView(Visit visit, String viewId) {
        return connection.read("view look-up", sql -> {
            PreparedStatement select = sql.bind(
                    "SELECT engaged_ms, scroll FROM page_views WHERE session_id = ? AND event_id = ? LIMIT 1",
                    visit.id(),
                    EventIds.pack(viewId));
            return StatementCache.list(select, row -> new Visit.View(viewId, row.getLong(1), row.getInt(2))).stream()
                    .findFirst();
        });
    }

    @Override
    public List<Visit> activeSince(long since, int limit) {
        return connection.read("active visits", sql -> {
            List<Visit> visits = new ArrayList<>();
            long startedFrom = since - state.offsets().get().after();
            for (Site site : state.sites().all()) {
                visits.addAll(
                        VisitMapper.list(sql.bind(VisitMapper.SELECT + """
                            WHERE s.id IN (
                                SELECT id FROM sessions INDEXED BY sessions_by_start
                                WHERE site_id = ? AND started_at >= ? AND started_at + length_ms >= ?
                                ORDER BY started_at + length_ms DESC LIMIT ?)
                            ORDER BY s.started_at + s.length_ms DESC\
                            """, site.id(), startedFrom, since, limit)));
            }
            visits.sort((a, b) -> Long.compare(a.lastActivity(), b.lastActivity()));
            return List.copyOf(visits.size() > limit ? visits.subList(visits.size() - limit, visits.size()) : visits);
        });
    }

    @Override
    public Site saveSite(Site site) {
        ZoneChange.check(site.zone());
        refuseClash(site);
        Site before = state.sites().find(site.id());
        Site saved = connection.transact("site " + site.domain(), sql -> {
            int id = dao().saveSite(
                            site.id(),
                            site.domain(),
                            site.name(),
                            site.zone().getId(),
                            site.cookieless(),
                            String.join("\n", new TreeSet<>(site.hostnames())),
                            String.join("\n", new TreeSet<>(site.keepParams())),
                            site.pathForm().withoutSlash(),
                            site.pathForm().lowerCase(),
                            String.join("\n", site.pathForm().typed()),
                            site.bots().name().toLowerCase(Locale.ROOT),
                            site.allowedBots().stream()
                                    .map(Counter::reason)
                                    .sorted()
                                    .collect(Collectors.joining("\n")),
                            site.publicLive(),
                            site.umamiId(),
                            site.goatcounterHost());
            state.generations().raise(sql, id);
            if (before != null && !before.zone().equals(site.zone())) {
                ZoneChange.change(sql, state, before, site);
            }
            return site.withId(id);
        });
        state.sites().put(saved);
        housekeeping.lookForDays();
        return saved;
    }

    @Override
    public Kept filtered(int siteId, Counter reason, long after, int limit) {
        Site site = state.sites().get(siteId);
        return connection.read(
                "filtered events", sql -> FilteredRows.filtered(sql, site, reason, after, limit, affiliates()));
    }

    private IntFunction<Affiliate> affiliates() {
        return dao().affiliates().stream().collect(Collectors.toMap(Affiliate::id, affiliate -> affiliate))::get;
    }

    @Override
    public long withdraw(Withdrawal withdrawal) {
        state.sites().get(withdrawal.siteId());
        return connection.transact("withdrawal", sql -> WithdrawalRows.add(sql, withdrawal));
    }

    @Override
    public List<Long> withdrawals() {
        return connection.read("withdrawals", WithdrawalRows::ids);
    }

    @Override
    public Withdrawn withdrawSome(long id, long now) {
        connection.use("checkpoint", sql -> checkpoints.beforeBatch(sql, Withdrawing.HITS_A_STEP));
        return connection.transact("withdrawal", sql -> withdrawing.step(sql, id, now, affiliates()));
    }

    @Override
    public Withdrawn returnSome(int siteId, Counter reason, Predicate<Event> which, long before) {
        Site site = state.sites().get(siteId);
        connection.use("checkpoint", sql -> checkpoints.beforeBatch(sql, Withdrawing.HITS_A_STEP));
        return connection.transact("return", sql -> returning.step(sql, site, reason, which, before, affiliates()));
    }

    private void refuseClash(Site site) {
        for (Site other : state.sites().all()) {
            site.clashWith(other).ifPresent(why -> {
                throw new StorageException(StorageException.Kind.CONTENT, why);
            });
        }
    }

    @Override
    public void removeSite(int siteId) {
        connection.change("removal of site " + siteId, sql -> {
            SiteRemoval.begin(sql, siteId);
            state.days().dropSite(siteId);
            state.packs().dropSite(siteId);
        });
        state.sites().remove(siteId);
        state.dictionary().forgetVisitors();
    }

    @Override
    public boolean removeRest(int siteId) {
        // A step fills the log as a batch does, and there may be no batch between two of them.
        connection.use("checkpoint", sql -> checkpoints.beforeBatch(sql, SiteRemoval.HITS_A_STEP));
        return connection.transact("removal of site " + siteId, sql -> SiteRemoval.step(sql, siteId));
    }

    @Override
    public Import saveImport(Import brought) {
        return connection.transact("import", sql -> ImportRows.save(sql, brought));
    }

    @Override
    public Affiliate saveAffiliate(Affiliate affiliate) {
        return connection.transact("affiliate " + affiliate.slug(), sql -> {
            int id = dao().saveAffiliate(
                            affiliate.id(),
                            affiliate.siteId(),
                            affiliate.slug(),
                            affiliate.name(),
                            affiliate.rate(),
                            affiliate.window().toMillis());
            state.generations().raise(sql, affiliate.siteId());
            return affiliate.withId(id);
        });
    }

    @Override
    public void removeAffiliate(int affiliateId) {
        connection.change("removal of affiliate " + affiliateId, sql -> {
            SiteDao dao = dao();
            Integer siteId = dao.siteOfAffiliate(affiliateId);
            if (siteId != null) {
                dao.creditToNobody(siteId, affiliateId);
                sql.run("DELETE FROM payouts WHERE site_id = ? AND affiliate_id = ?", siteId, affiliateId);
                dao.removeAffiliate(affiliateId);
                state.generations().raise(sql, siteId);
            }
        });
    }

    @Override
    public Goal saveGoal(Goal goal) {
        return connection.transact("goal " + goal.name(), sql -> {
            int id = dao().saveGoal(
                            goal.id(),
                            goal.siteId(),
                            goal.name(),
                            goal.page(),
                            goal.event(),
                            SqlJson.object(goal.props()),
                            goal.scroll(),
                            goal.seconds());
            state.generations().raise(sql, goal.siteId());
            return goal.withId(id);
        });
    }

    @Override
    public void removeGoal(int siteId, int goalId) {
        connection.change("removal of goal " + goalId, sql -> {
            dao().removeGoal(siteId, goalId);
            state.generations().raise(sql, siteId);
        });
    }

    @Override
    public Exclusion saveExclusion(Exclusion e) {
        String kind = e.kind().name().toLowerCase(Locale.ROOT);
        return connection.transact(
                "an exclusion", sql -> e.withId(dao().saveExclusion(e.id(), e.siteId(), kind, e.pattern(), e.from())));
    }

    @Override
    public void removeExclusion(int siteId, int exclusionId) {
        connection.change("removal of exclusion " + exclusionId, sql -> dao().removeExclusion(siteId, exclusionId));
    }

    @Override
    public Funnel saveFunnel(Funnel funnel) {
        return connection.transact("funnel " + funnel.name(), sql -> {
            int id = dao().saveFunnel(funnel.id(), funnel.siteId(), funnel.name(), funnel.strict(), funnel.days());
            dao().removeSteps(funnel.siteId(), id);
            for (int n = 0; n < funnel.steps().size(); n++) {
                Funnel.Step step = funnel.steps().get(n);
                String props = SqlJson.object(step.props());
                dao().addStep(id, n, funnel.siteId(), step.page(), step.event(), props, step.goalId());
            }
            state.generations().raise(sql, funnel.siteId());
            return funnel.withId(id);
        });
    }

    @Override
    public void removeFunnel(int siteId, int funnelId) {
        connection.change("removal of funnel " + funnelId, sql -> {
            dao().removeSteps(siteId, funnelId);
            dao().removeFunnel(siteId, funnelId);
            state.generations().raise(sql, siteId);
        });
    }

    @Override
    public Optional<Visit> findVisit(int siteId, String visitor, String sessionId, long at) {
        return connection.read("visit look-up", sql -> conversions.findVisit(sql, siteId, visitor, sessionId, at));
    }

    @Override
    public List<AffiliateTouch> touches(int siteId, String visitor, long at) {
        return connection.read("affiliate visits", sql -> conversions.touches(sql, siteId, visitor, at));
    }

    @Override
    public Optional<Conversion> findConversion(int siteId, String externalId) {
        return connection.read("conversion", sql -> conversions.find(sql, siteId, externalId));
    }

    @Override
    public Conversion saveConversion(Conversion conversion) {
        return connection.transact("conversion " + conversion.externalId(), sql -> {
            state.generations().raise(sql, conversion.siteId());
            return conversions.save(sql, conversion);
        });
    }

    @Override
    public Optional<Payout> findPayout(int siteId, int affiliateId, String reference) {
        return connection.read(
                "payout", sql -> SaleMapper.payout(sql, "reference = ?", siteId, affiliateId, reference));
    }

    @Override
    public Payout savePayout(Payout payout) {
        return connection.transact("payout " + payout.reference(), sql -> {
            state.generations().raise(sql, payout.siteId());
            return ConversionRows.save(sql, payout);
        });
    }

    @Override
    public Optional<Payout> removePayout(int siteId, int affiliateId, long id) {
        return connection.transact("removal of payout " + id, sql -> {
            Optional<Payout> found = SaleMapper.payout(sql, "id = ?", siteId, affiliateId, id);
            sql.run("DELETE FROM payouts WHERE site_id = ? AND affiliate_id = ? AND id = ?", siteId, affiliateId, id);
            state.generations().raise(sql, siteId);
            return found;
        });
    }

    @Override
    public Optional<Refund> findRefund(int siteId, String externalId) {
        return connection.read("refund", sql -> conversions.findRefund(sql, siteId, externalId));
    }

    @Override
    public Refund saveRefund(Refund refund, Conversion before) {
        return connection.transact("refund of " + before.externalId(), sql -> {
            state.generations().raise(sql, refund.siteId());
            return conversions.save(sql, refund, before);
        });
    }

    @Override
    public void housekeeping(long now, boolean quiet) {
        housekeeping.run(now, quiet, shortage() == null);
    }
}
