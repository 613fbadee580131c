package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Throttle;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.engine.Engine;
import io.millrace.engine.HostNames;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a site may show its own visitors, when it has chosen to: how many are here, and what is popular. No names, no
 * visitors, any origin. Thread-safe.
 */
public final class PublicSite {
    private static final Input SITE = Input.text("site", "Its id or its domain");
    private static final Input LIMIT = Input.whole("limit", 10, 1, 50, "How many pages at most");
    private static final int LIVE_SECONDS = 5;
    private static final int POPULAR_SECONDS = 60;
    private final Engine engine;
    private final Reports reports;
    private final InstantSource clock;
    private final ReportCache live;
    private final ReportCache popular;
    private final Throttle throttle;

    /** How many are on the site, and on one of its pages. */
    record PublicLive(int count, @Omittable Long page) {}

    record PublicPopular(String period, List<Overview.PageRow> pages) {}

    /**
     * @param throttle how often one network may ask
     */
    public PublicSite(Engine engine, Reports reports, WorkerPool liveReaders, Throttle throttle, InstantSource clock) {
        this.engine = engine;
        this.reports = reports;
        this.throttle = throttle;
        this.clock = clock;
        live = reports.cache("public-live", Duration.ofSeconds(LIVE_SECONDS), liveReaders);
        popular = reports.cache("public-popular", Duration.ofSeconds(POPULAR_SECONDS));
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/public/{site}/live", Permission.NOTHING, "How many are on a site that shows it")
                        .with(SITE, Input.text("path", "Count those on this page too"))
                        .answers(PublicLive.class)
                        .kept()
                        .by(this::live),
                Operation.get(
                                "/api/public/{site}/popular",
                                Permission.NOTHING,
                                "Popular pages of a site that shows them")
                        .with(SITE, PeriodParser.PERIOD, LIMIT)
                        .answers(PublicPopular.class)
                        .kept()
                        .by(this::popular));
    }

    /** The number of visitors, and of those on the page {@code path} when it is given. */
    private CompletableFuture<ApiResponse> live(Call call) {
        Site site = site(call);
        String path = call.params().one("path");
        ReportCache.Load load = ReportCache.Load.live(List.of(site, path == null ? "" : path), () -> {
            List<LiveVisitor> visitors = engine.live(site.id());
            Long there = path == null
                    ? null
                    : (Long)
                            visitors.stream().filter(v -> path.equals(v.page())).count();
            return ReportFormat.JSON.body(new PublicLive(visitors.size(), there));
        });
        return reports.answer(live, call, load).thenApply(a -> shared(a, LIVE_SECONDS));
    }

    /** The pages with most views of a period. */
    private CompletableFuture<ApiResponse> popular(Call call) {
        Site site = site(call);
        ResolvedPeriod period = PeriodParser.parse(call.params(), "7d", site.zone(), clock.millis());
        int limit = call.params().number(LIMIT);
        ReportContext context = new ReportContext(engine, site, period, List.of());
        ReportCache.Load load = context.load(limit, () -> {
            List<Overview.PageRow> pages = context.panel(Overview.pages(limit));
            return ReportFormat.JSON.body(new PublicPopular(period.name(), pages));
        });
        return reports.answer(popular, call, load).thenApply(a -> shared(a, POPULAR_SECONDS));
    }

    /** By id or domain; a site that does not want this does not exist. */
    private Site site(Call call) {
        throttle.count(Claim.network(call));
        String name = call.variables().get("site");
        String domain = HostNames.site(name);
        Site site = name.matches("\\d{1,9}")
                ? engine.sites().byId(Integer.parseInt(name))
                : domain == null ? null : engine.sites().byDomain(domain);
        if (site == null || !site.publicLive()) {
            throw ApiException.notFound("site");
        }
        return site;
    }

    private static ApiResponse shared(ApiResponse answer, int seconds) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("Access-Control-Allow-Origin", "*");
        headers.remove("Vary");
        if (answer.status() < 400) {
            headers.put("Cache-Control", "public, max-age=" + seconds);
        }
        return new ApiResponse(answer.status(), headers, answer.body(), answer.gzip());
    }
}
