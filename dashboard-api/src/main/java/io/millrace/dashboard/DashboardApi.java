package io.millrace.dashboard;

import io.millrace.dashboard.internal.ApiRouter;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.Authenticator;
import io.millrace.dashboard.internal.access.Cookies;
import io.millrace.dashboard.internal.access.KeyUse;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.admin.AffiliateAdmin;
import io.millrace.dashboard.internal.admin.AiAgents;
import io.millrace.dashboard.internal.admin.AnnotationAdmin;
import io.millrace.dashboard.internal.admin.ArrivalAdmin;
import io.millrace.dashboard.internal.admin.ExclusionAdmin;
import io.millrace.dashboard.internal.admin.FilteredAdmin;
import io.millrace.dashboard.internal.admin.FunnelAdmin;
import io.millrace.dashboard.internal.admin.GoalAdmin;
import io.millrace.dashboard.internal.admin.InvitationAdmin;
import io.millrace.dashboard.internal.admin.KeyAdmin;
import io.millrace.dashboard.internal.admin.SegmentAdmin;
import io.millrace.dashboard.internal.admin.SessionAdmin;
import io.millrace.dashboard.internal.admin.SessionRoutes;
import io.millrace.dashboard.internal.admin.SharedLinks;
import io.millrace.dashboard.internal.admin.SiteAdmin;
import io.millrace.dashboard.internal.admin.UserAdmin;
import io.millrace.dashboard.internal.admin.VisitorDataRoutes;
import io.millrace.dashboard.internal.cache.ReportTimes;
import io.millrace.dashboard.internal.limit.Quotas;
import io.millrace.dashboard.internal.limit.Throttle;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.openapi.OpenApi;
import io.millrace.dashboard.internal.operator.OpenProbes;
import io.millrace.dashboard.internal.operator.OperatorRoutes;
import io.millrace.dashboard.internal.operator.Probes;
import io.millrace.dashboard.internal.operator.StorageTables;
import io.millrace.dashboard.internal.operator.SubscriptionRoutes;
import io.millrace.dashboard.internal.payment.ConversionRoutes;
import io.millrace.dashboard.internal.payment.PayoutAdmin;
import io.millrace.dashboard.internal.payment.StripeRoutes;
import io.millrace.dashboard.internal.query.FilterText;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.dashboard.internal.report.AdHoc;
import io.millrace.dashboard.internal.report.AllSites;
import io.millrace.dashboard.internal.report.PublicSite;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.engine.Bounds;
import io.millrace.engine.Engine;
import io.millrace.engine.Goal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The dashboard route over an engine: reports, administration, health and metrics. Thread-safe.
 *
 * <p>It starts a few threads ({@code millrace-read-0} and on) and ends them when it is closed; the engine stays open.
 */
public final class DashboardApi implements Api, AutoCloseable {
    private static final int PASSWORDS_WAITING = 32;

    /** Requests without a valid signature, of one network in a minute. */
    private static final int UNSIGNED = 120;

    private final Quotas quotas;
    private final Throttle publicThrottle;
    private final WorkerPool readers;
    private final WorkerPool memory;
    private final WorkerPool passwords;
    private final StoreExecutor executor;
    private final LiveStreams live;
    private final AccountDirectory accounts;
    private final SessionRoutes sessions;
    private final SharedLinks links;
    private final Probes probes;
    private final ApiRouter router;

    /**
     * @param clock the time; only tests need another than the system's
     * @param metrics what {@code /metrics} shows: whatever is registered there already, such as the storage's, and what
     *     this registers; one API to a registry
     * @param operator what the program around it tells those who run it
     */
    public DashboardApi(
            Engine engine,
            ApiKeys keys,
            DashboardSettings settings,
            InstantSource clock,
            PrometheusRegistry metrics,
            Operator operator) {
        Bounds bounds = engine.bounds();
        quotas = new Quotas(settings.groupTime(), settings.networkTime(), clock, bounds);
        readers = new WorkerPool("read", settings.readers(), settings.queue(), quotas, bounds);
        memory = new WorkerPool("memory", 2, settings.queue(), quotas, bounds);
        passwords = new WorkerPool("password", 2, PASSWORDS_WAITING, true, quotas, bounds);
        executor = new StoreExecutor(engine, quotas);
        accounts = new AccountDirectory(engine, keys, executor, clock);
        Cookies cookies = new Cookies(settings.secureCookies());
        Authenticator authenticator = new Authenticator(keys, accounts, cookies, new KeyUse(accounts, clock));
        live = new LiveStreams(engine, settings, authenticator::again);
        sessions = new SessionRoutes(accounts, passwords, cookies, settings, clock, Passwords::matches, bounds);
        Reports reports = new Reports(engine, accounts, settings, readers, memory, clock, new ReportTimes(metrics));
        links = new SharedLinks(engine, accounts, passwords, reports, live, cookies, clock);
        probes = new Probes(engine, reports, readers, live, metrics);
        publicThrottle = new Throttle("public", settings.publicRequests(), Duration.ofMinutes(1), clock, bounds);
        Throttle unsigned = new Throttle("stripe", UNSIGNED, Duration.ofMinutes(1), clock, bounds);
        List<Operation> operations = new ArrayList<>();
        operations.addAll(reports.operations());
        operations.addAll(live.operations());
        operations.addAll(new AllSites(engine, reports, clock).operations());
        operations.addAll(new AdHoc(engine, reports, clock).operations());
        operations.addAll(new ConversionRoutes(engine, executor, clock).operations());
        operations.addAll(new StripeRoutes(engine, executor, clock, settings.stripeSecrets(), unsigned).operations());
        operations.addAll(new PublicSite(engine, reports, memory, publicThrottle, clock).operations());
        operations.addAll(sessions.operations());
        operations.addAll(sessions.factors().operations());
        operations.addAll(new SessionAdmin(accounts).operations());
        operations.addAll(new InvitationAdmin(engine, accounts, clock).operations());
        operations.addAll(new SiteAdmin(engine, executor, accounts, readers, clock).operations());
        operations.addAll(new ArrivalAdmin(engine, readers, clock).operations());
        operations.addAll(new ExclusionAdmin(engine, executor, accounts, readers, clock).operations());
        operations.addAll(new FilteredAdmin(engine, executor, accounts, readers, clock).operations());
        operations.addAll(new AiAgents(engine, readers, clock).operations());
        operations.addAll(new AffiliateAdmin(engine, executor, accounts).operations());
        operations.addAll(new PayoutAdmin(engine, executor, readers, accounts, clock).operations());
        operations.addAll(new GoalAdmin(engine, executor, accounts).operations());
        operations.addAll(new FunnelAdmin(engine, executor, accounts).operations());
        operations.addAll(new SegmentAdmin(engine, accounts, clock).operations());
        operations.addAll(new AnnotationAdmin(accounts, readers, clock).operations());
        operations.addAll(new KeyAdmin(accounts, clock).operations());
        operations.addAll(new UserAdmin(engine, accounts, passwords, readers, clock).operations());
        operations.addAll(links.operations());
        operations.addAll(new VisitorDataRoutes(engine, reports, settings.places(), clock).operations());
        operations.addAll(new StorageTables(engine, reports).operations());
        operations.addAll(new SubscriptionRoutes(operator, accounts, settings.keyring(), memory, clock).operations());
        operations.addAll(new OperatorRoutes(operator, accounts, memory).operations());
        operations.addAll(probes.operations());
        router = new ApiRouter(OpenApi.described(operations, settings), authenticator, engine.sites());
        live.start();
    }

    /** With nothing around it that has something to tell. */
    public DashboardApi(
            Engine engine, ApiKeys keys, DashboardSettings settings, InstantSource clock, PrometheusRegistry metrics) {
        this(engine, keys, settings, clock, metrics, Operator.NONE);
    }

    /** With the system's clock and a registry of its own. */
    public DashboardApi(Engine engine, ApiKeys keys, DashboardSettings settings) {
        this(engine, keys, settings, InstantSource.system(), new PrometheusRegistry());
    }

    @Override
    public Endpoint find(String method, String path) {
        return router.find(method, path);
    }

    @Override
    public boolean frames(String path) {
        return links.has(path);
    }

    /** Every operation there is: its method, a blank, and its path with variables in braces. */
    List<String> operations() {
        return router.operations();
    }

    /**
     * A new token with which {@code POST /api/setup} makes the first user, once and within 30 minutes; the one before
     * it is void. It belongs into the fragment of the link that a person opens ({@code /setup#token}), which browsers
     * do not send. Null when there is a user already.
     */
    public String setupToken() {
        return sessions.setupToken();
    }

    /**
     * Why a filter is none that a segment of a site may keep, beginning with the field {@code filter}; empty: it may.
     *
     * @param goals those of the site
     */
    public static Optional<String> filterFault(String filter, Collection<Goal> goals) {
        try {
            FilterText.check(filter, new SiteGoals(goals, List.of()));
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Reads users, links, segments and keys again, after they were changed by another way than this API. */
    public void reload() {
        accounts.reload();
    }

    /** Takes from other settings what guests may take: times of queries, requests and streams; the rest stays as it is. */
    public void reload(DashboardSettings next) {
        quotas.set(next.groupTime(), next.networkTime());
        publicThrottle.set(next.publicRequests());
        live.set(next);
    }

    /**
     * Health and metrics alone, with all their details and without a key: for a port that only operators reach. It works
     * as long as this is open.
     */
    public Api probes() {
        return new OpenProbes(probes);
    }

    /** Closes all streams and ends the threads; requests that wait are answered 503. */
    @Override
    public void close() {
        live.close();
        readers.close();
        memory.close();
        passwords.close();
        executor.close();
    }
}
