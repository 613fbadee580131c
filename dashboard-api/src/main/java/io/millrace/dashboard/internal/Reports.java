package io.millrace.dashboard.internal;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The reports of one site, each behind its cache, whoever asks and by whichever route. Thread-safe. */
final class Reports {
    private final Engine engine;
    private final DashboardSettings settings;
    private final Readers readers;
    private final InstantSource clock;
    private final List<ReportCache> caches = new ArrayList<>();
    private final Map<String, Handler> byName = new TreeMap<>();

    Reports(Engine engine, DashboardSettings settings, Readers readers, Readers live, InstantSource clock) {
        this.engine = engine;
        this.settings = settings;
        this.readers = readers;
        this.clock = clock;
        realtime(live);
        report(new Kind("overview", 60, 200, Overview.PARAMS, "pages"), (ask, call) -> Overview.of(ask, call.params()));
        report(
                new Kind("breakdown", 60, 200, Breakdown.PARAMS, "rows"),
                (ask, call) -> Breakdown.of(ask, call.params()));
        report(
                new Kind("properties", 60, 100, Properties.PARAMS, "rows"),
                (ask, call) -> Properties.of(ask, call.params()));
        report(new Kind("affiliates", 60, 100, Set.of(), "affiliates"), (ask, call) -> Affiliates.of(ask));
        report(
                new Kind("affiliate", 60, 100, Set.of(), "landingPages"),
                (ask, call) -> Affiliates.one(ask, call.id("affiliateId")));
        report(
                new Kind("affiliate-figures", 60, 100, Set.of(), "landingPages"),
                (ask, call) -> Affiliates.figures(ask, call.id("affiliateId")));
        report(
                new Kind("conversions", 30, 200, ConversionList.PARAMS, "conversions"),
                (ask, call) -> ConversionList.of(ask, call.params()));
        report(
                new Kind("visitor-journey", 120, 100, Set.of("visitorId", "conversionId"), "sessions"),
                (ask, call) -> VisitorJourney.of(ask, call.params()));
        report(
                new Kind("flow", 60, 100, Set.of("root", "depth", "topN"), "entryOptions"),
                (ask, call) -> Flow.of(ask, call.params()));
    }

    /** Answers a report of one site. */
    interface Handler {
        /**
         * @param always filters that hold beside those of the request
         */
        CompletableFuture<ApiResponse> answer(Call call, Site site, List<Filter> always);
    }

    /** Makes a report's tree on a reader thread. */
    @FunctionalInterface
    interface Maker {
        Fields make(Ask ask, Call call);
    }

    /**
     * What sets a report apart.
     *
     * @param more names of its own parameters
     * @param table what CSV shows unless {@code table} names another
     */
    record Kind(String name, int ttlSeconds, int units, Set<String> more, String table) {
        /** Whether {@code page} is a page of a list, so that {@code path} alone filters. */
        boolean pageIsNumber() {
            return more.contains("page");
        }

        private Set<String> params() {
            Set<String> known = new TreeSet<>(Filters.names(pageIsNumber()));
            known.addAll(Periods.PARAMS);
            known.addAll(more);
            known.addAll(Set.of("format", "table"));
            return known;
        }
    }

    List<ReportCache> caches() {
        return caches;
    }

    Handler named(String name) {
        return byName.get(name);
    }

    ReportCache cache(String name, Duration ttl, int units, Readers on) {
        ReportCache cache = new ReportCache(name, ttl, units, settings.version(), on, clock);
        caches.add(cache);
        return cache;
    }

    ReportCache cache(String name, Duration ttl, int units) {
        return cache(name, ttl, units, readers);
    }

    CompletableFuture<ApiResponse> answer(ReportCache cache, Call call, ReportCache.Load load) {
        return cache.get(load).thenApply(entry -> entry.answer(call.request(), clock.millis()));
    }

    private void report(Kind kind, Maker maker) {
        ReportCache cache = cache(kind.name(), Duration.ofSeconds(kind.ttlSeconds()), kind.units());
        Set<String> known = kind.params();
        byName.put(kind.name(), (call, site, always) -> {
            Params params = call.params();
            params.only(known);
            Span span = Periods.of(params, "30d", site.zone(), clock.millis());
            List<Filter> filters = Stream.concat(always.stream(), Filters.of(params, kind.pageIsNumber()).stream())
                    .toList();
            Format format = Format.of(params, kind.table());
            Ask ask = new Ask(engine, site, span, filters);
            List<Object> more = List.of(format, params.some(kind.more()), call.variables());
            return answer(cache, call, new SiteLoad(ask, more, () -> format.body(maker.make(ask, call))));
        });
    }

    private void realtime(Readers live) {
        ReportCache cache = cache("realtime", Duration.ofSeconds(1), 200, live);
        byName.put("realtime", (call, site, always) -> {
            call.params().only(Set.of("format", "table"));
            Format format = Format.of(call.params(), "users");
            return answer(
                    cache,
                    call,
                    new LiveLoad(List.of(site, format), () -> format.body(Realtime.of(site, engine.live(site.id())))));
        });
    }
}
