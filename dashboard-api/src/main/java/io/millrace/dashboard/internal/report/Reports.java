package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.Within;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.cache.ReportStore;
import io.millrace.dashboard.internal.cache.ReportTimes;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.path.Flow;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.dashboard.internal.query.SiteSegments;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.revenue.AffiliateReport;
import io.millrace.dashboard.internal.revenue.AffiliateStatement;
import io.millrace.dashboard.internal.revenue.Affiliates;
import io.millrace.dashboard.internal.revenue.AttributionReport;
import io.millrace.dashboard.internal.revenue.ConversionList;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Site;
import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Fixed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** The reports of one site, each behind its cache, whoever asks and by whichever route. Thread-safe. */
public final class Reports {
    private final Engine engine;
    private final AccountDirectory accounts;
    private final DashboardSettings settings;
    private final WorkerPool readers;
    private final WorkerPool memory;
    private final InstantSource clock;
    private final InstantSource steady;
    private final ReportStore store;
    private final ReportTimes times;

    @Fixed("one for each kind of report")
    private final List<ReportCache> caches = new ArrayList<>();

    @Fixed("one for each kind of report")
    private final Map<ReportKind, Handler> handlers = new EnumMap<>(ReportKind.class);

    /**
     * @param memory the thread for what needs no database
     * @param times where it is counted how long they take
     */
    public Reports(
            Engine engine,
            AccountDirectory accounts,
            DashboardSettings settings,
            WorkerPool readers,
            WorkerPool memory,
            InstantSource clock,
            ReportTimes times) {
        this.engine = engine;
        this.accounts = accounts;
        this.settings = settings;
        this.readers = readers;
        this.memory = memory;
        this.clock = clock;
        this.times = times;
        this.steady = SteadyClock.of(clock);
        store = new ReportStore(settings.cacheBytes(), clock, engine.bounds());
        for (ReportKind kind : ReportKind.values()) {
            handlers.put(kind, handler(kind));
        }
    }

    private Handler handler(ReportKind kind) {
        return switch (kind) {
            case OVERVIEW -> committed(kind, (context, call) -> Overview.of(context, call.params()));
            case BREAKDOWN -> committed(kind, (context, call) -> Breakdown.of(context, call.params()));
            case PROPERTIES -> committed(kind, (context, call) -> Properties.of(context, call.params()));
            case REALTIME -> live(kind, site -> Realtime.of(site, engine));
            case AFFILIATES -> committed(kind, (context, call) -> Affiliates.of(context));
            case AFFILIATE ->
                committed(kind, (context, call) -> AffiliateReport.of(context, call.id("affiliateId"), true));
            case AFFILIATE_FIGURES ->
                committed(kind, (context, call) -> AffiliateReport.of(context, call.id("affiliateId"), false));
            case STATEMENT ->
                committed(kind, (context, call) -> AffiliateStatement.of(context, call.id("affiliateId")));
            case CONVERSIONS -> committed(kind, (context, call) -> ConversionList.of(context, call.params()));
            case ATTRIBUTION -> committed(kind, (context, call) -> AttributionReport.of(context, call.params()));
            case VISITOR_JOURNEY -> committed(kind, (context, call) -> VisitorJourney.of(context, call.params()));
            case GOALS -> committed(kind, (context, call) -> Goals.of(context));
            case GOAL -> committed(kind, (context, call) -> GoalReport.of(context, call.params()));
            case FUNNEL -> committed(kind, (context, call) -> FunnelReport.of(context, call.params()));
            case RETENTION -> committed(kind, (context, call) -> RetentionReport.of(context, call.params()));
            case FLOW -> committed(kind, (context, call) -> Flow.of(context, call.params()));
        };
    }

    /** Answers a report of one site. */
    @FunctionalInterface
    private interface Handler {
        CompletableFuture<ApiResponse> answer(Call call, Site site, List<Filter> always);
    }

    /** Makes a report on a reader thread. */
    @FunctionalInterface
    private interface Maker {
        Record make(ReportContext context, Call call);
    }

    /** The operations of those that have a path. */
    public List<Operation> operations() {
        return Arrays.stream(ReportKind.values())
                .filter(kind -> kind.template() != null)
                .map(kind -> kind.operation().by(call -> answer(kind, call, call.site(), List.of())))
                .toList();
    }

    /**
     * Answers a report of one site.
     *
     * @param always filters that hold beside those of the request
     */
    public CompletableFuture<ApiResponse> answer(ReportKind kind, Call call, Site site, List<Filter> always) {
        return handlers.get(kind).answer(call, site, always);
    }

    public List<ReportCache> caches() {
        return caches;
    }

    ReportCache cache(String name, Duration ttl, WorkerPool on) {
        ReportCache cache = new ReportCache(name, ttl, settings.version(), store, on, steady, times);
        caches.add(cache);
        return cache;
    }

    public ReportCache cache(String name, Duration ttl) {
        return cache(name, ttl, readers);
    }

    private ReportCache cache(ReportKind kind, WorkerPool on) {
        return cache(kind.label(), Duration.ofSeconds(kind.seconds()), on);
    }

    public CompletableFuture<ApiResponse> answer(ReportCache cache, Call call, ReportCache.Load load) {
        return cache.get(load, Claim.of(call)).thenApply(entry -> entry.answer(steady.millis()));
    }

    /** A report of what was committed, for a period and with filters. */
    private Handler committed(ReportKind kind, Maker maker) {
        ReportCache cache = cache(kind, readers);
        Set<String> known = kind.names();
        return (call, site, always) -> {
            Params params = call.params();
            params.only(known);
            ResolvedPeriod period = PeriodParser.parse(params, "30d", site.zone(), clock.millis());
            SiteGoals goals = new SiteGoals(engine.sites().goals(site.id()), always);
            List<Filter> asked = segments(call, site).asked(params, kind.pageIsNumber(), goals);
            Filters.refuseCostly(asked, params.one("search"), call.principal().known());
            Within within = new Within(always);
            List<Filter> filters = Stream.of(always, asked, within.ofAll(asked))
                    .flatMap(List::stream)
                    .toList();
            ReportFormat format = ReportFormat.of(params, kind.table());
            ReportContext context = new ReportContext(engine, site, period, filters, within);
            List<Object> more = List.of(format, params.some(kind.own()), call.variables(), definitions(kind, site));
            return answer(cache, call, context.load(more, () -> format.body(maker.make(context, call))));
        };
    }

    /** What of the site a kind of report alone shows: changing it shows at once. */
    private Collection<?> definitions(ReportKind kind, Site site) {
        return kind == ReportKind.FUNNEL ? List.copyOf(engine.sites().funnels(site.id())) : List.of();
    }

    /** The segments that a caller may name. */
    SiteSegments segments(Call call, Site site) {
        return new SiteSegments(() -> accounts.segments(site.id(), call.principal()));
    }

    /** A report of what is in memory now. */
    private Handler live(ReportKind kind, Function<Site, Record> maker) {
        ReportCache cache = cache(kind, memory);
        Set<String> known = kind.names();
        return (call, site, always) -> {
            call.params().only(known);
            ReportFormat format = ReportFormat.of(call.params(), kind.table());
            return answer(
                    cache, call, ReportCache.Load.live(List.of(site, format), () -> format.body(maker.apply(site))));
        };
    }
}
