package io.millrace.dashboard.internal;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.Keys;
import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.Authenticator;
import io.millrace.dashboard.internal.access.Cookies;
import io.millrace.dashboard.internal.access.KeyUse;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.admin.AffiliateAdmin;
import io.millrace.dashboard.internal.admin.ConversionRoutes;
import io.millrace.dashboard.internal.admin.KeyAdmin;
import io.millrace.dashboard.internal.admin.SessionRoutes;
import io.millrace.dashboard.internal.admin.SharedLinks;
import io.millrace.dashboard.internal.admin.SiteAdmin;
import io.millrace.dashboard.internal.admin.UserAdmin;
import io.millrace.dashboard.internal.admin.VisitorDataRoutes;
import io.millrace.dashboard.internal.cache.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.openapi.OpenApi;
import io.millrace.dashboard.internal.operator.OpenProbes;
import io.millrace.dashboard.internal.operator.Probes;
import io.millrace.dashboard.internal.operator.StorageTables;
import io.millrace.dashboard.internal.report.AdHoc;
import io.millrace.dashboard.internal.report.AllSites;
import io.millrace.dashboard.internal.report.PublicSite;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.ErrorMapper;
import io.millrace.dashboard.internal.request.Json;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of the dashboard route together. Thread-safe. */
public final class Dashboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private final Engine engine;
    private final Authenticator authenticator;
    private final WorkerPool readers;
    private final WorkerPool memory = new WorkerPool("millrace-memory", 1, 64);
    private final StoreExecutor executor;
    private final LiveStreams live;
    private final AccountDirectory accounts;
    private final SessionRoutes sessions;
    private final SharedLinks links;
    private final Probes probes;
    private final Router router;

    public Dashboard(
            Engine engine, Keys keys, DashboardSettings settings, InstantSource clock, Supplier<String> moreMetrics) {
        this.engine = engine;
        readers = new WorkerPool("millrace-read", settings.readers(), settings.queue());
        executor = new StoreExecutor(engine);
        live = new LiveStreams(engine);
        accounts = new AccountDirectory(engine, keys, executor, clock);
        Cookies cookies = new Cookies(settings.secureCookies());
        authenticator = new Authenticator(keys, accounts, cookies, new KeyUse(accounts, clock));
        sessions = new SessionRoutes(accounts, executor, cookies, clock, Passwords::matches);
        Reports reports = new Reports(engine, settings, readers, memory, clock);
        List<Operation> operations = new ArrayList<>();
        operations.addAll(reports.operations());
        operations.addAll(live.operations());
        operations.addAll(otherRoutes(reports, clock));
        operations.addAll(sessions.operations());
        operations.addAll(new SiteAdmin(engine, executor, accounts).operations());
        operations.addAll(new AffiliateAdmin(engine, executor, accounts).operations());
        operations.addAll(new KeyAdmin(accounts, clock).operations());
        operations.addAll(new UserAdmin(engine, accounts, executor, readers, clock).operations());
        links = new SharedLinks(engine, accounts, executor, reports, cookies, clock);
        operations.addAll(links.operations());
        operations.addAll(new VisitorDataRoutes(engine, readers, clock).operations());
        operations.addAll(new StorageTables(engine, reports).operations());
        probes = new Probes(engine, reports, readers, live, moreMetrics);
        operations.addAll(probes.operations());
        operations.add(described(operations, settings.version()));
        router = new Router(operations, authenticator, engine.sites());
        live.start();
    }

    /** The route that describes all others, and itself. */
    private static Operation described(List<Operation> operations, String version) {
        AtomicReference<ApiResponse> document = new AtomicReference<>();
        Operation operation =
                Operation.of("GET", "/api/openapi.json", Permission.NOTHING, call -> Answers.done(document.get()));
        List<Operation> all = new ArrayList<>(operations);
        all.add(operation);
        byte[] json = Json.write(OpenApi.document(all, version));
        Map<String, String> headers = Map.of("Content-Type", Answers.JSON, "Cache-Control", "public, max-age=300");
        document.set(new ApiResponse(200, headers, json, Answers.gzip(json)));
        return operation;
    }

    private List<Operation> otherRoutes(Reports reports, InstantSource clock) {
        AllSites all = new AllSites(engine, reports, clock);
        AdHoc adHoc = new AdHoc(engine, reports, clock);
        PublicSite shown = new PublicSite(engine, reports, memory, clock);
        ConversionRoutes conversions = new ConversionRoutes(engine, executor, clock);
        return List.of(
                Operation.of("GET", "/api/overview", Permission.KNOWN, all::answer),
                Operation.of("POST", "/api/query", Permission.KNOWN, adHoc::answer),
                Operation.of("POST", "/api/conversions", Permission.KNOWN, conversions::add),
                Operation.of("GET", "/api/public/{site}/live", Permission.NOTHING, shown::live),
                Operation.of("GET", "/api/public/{site}/popular", Permission.NOTHING, shown::popular));
    }

    public boolean handles(String path) {
        return router.handles(path);
    }

    /** The answer; never fails. */
    public CompletableFuture<ApiResponse> handle(ApiRequest request) {
        try {
            return router.handle(request).exceptionally(Dashboard::failed);
        } catch (RuntimeException e) {
            return Answers.done(failed(e));
        }
    }

    private static ApiResponse failed(Throwable t) {
        ApiException error = ErrorMapper.map(t);
        if (error.status() == 500) {
            LOG.error("a request failed", t);
        }
        return Answers.error(error);
    }

    /** Health and metrics with all their details, for anybody. */
    public Api probes() {
        return new OpenProbes(probes);
    }

    /** A token for the first user, or null: there is one. */
    public String setupToken() {
        return sessions.setupToken();
    }

    /** Reads users, links and keys again. */
    public void reload() {
        accounts.reload();
    }

    /** Opens a stream, or says why not. */
    public Api.Stream open(ApiRequest request, Consumer<byte[]> send) {
        try {
            if (request.path().startsWith(SharedLinks.PREFIX)) {
                Call call = router.admit("GET", request, SharedLinks.LIVE);
                return live.open(
                        request.address() + " " + request.path(),
                        links.watched(call),
                        () -> links.mayWatch(call),
                        send);
            }
            Call call = router.admit("GET", request, LiveStreams.PATH);
            Site site = call.site();
            return live.open(
                    request.address(),
                    site,
                    () -> authenticator.principal(request).may(Permission.READ, site.id()),
                    send);
        } catch (RuntimeException e) {
            return LiveStreams.refused(failed(e));
        }
    }

    @Override
    public void close() {
        live.close();
        readers.close();
        memory.close();
        executor.close();
    }
}
