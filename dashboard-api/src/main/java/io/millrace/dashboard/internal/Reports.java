package io.millrace.dashboard.internal;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The report routes of one site, each behind its cache. Thread-safe. */
final class Reports {
    private static final String SITE = "/api/analytics/{siteId}/";
    private final Engine engine;
    private final DashboardSettings settings;
    private final Readers readers;
    private final Readers live;
    private final InstantSource clock;
    private final List<Route> routes = new ArrayList<>();
    private final List<ReportCache> caches = new ArrayList<>();

    Reports(Engine engine, DashboardSettings settings, Readers readers, Readers live, InstantSource clock) {
        this.engine = engine;
        this.settings = settings;
        this.readers = readers;
        this.live = live;
        this.clock = clock;
        report(new Kind("overview", 60, 200, false, Set.of(), "pages"), (ask, params) -> Overview.of(ask));
        realtime();
    }

    List<Route> routes() {
        return routes;
    }

    List<ReportCache> caches() {
        return caches;
    }

    /** Makes a report's tree on a reader thread; what it needs of the parameters is checked before. */
    @FunctionalInterface
    interface Maker {
        Fields make(Ask ask, Params params);
    }

    /**
     * What sets a report apart.
     *
     * @param pageIsNumber whether {@code page} is a page of the list, not a filter
     * @param more names of its own parameters
     * @param table what CSV shows unless {@code table} names another
     */
    record Kind(String name, int ttlSeconds, int units, boolean pageIsNumber, Set<String> more, String table) {
        private Set<String> params() {
            Set<String> known = new TreeSet<>(Filters.names(pageIsNumber));
            known.addAll(Periods.PARAMS);
            known.addAll(more);
            known.addAll(Set.of("format", "table"));
            return known;
        }
    }

    private void report(Kind kind, Maker maker) {
        ReportCache cache = cache(kind.name(), Duration.ofSeconds(kind.ttlSeconds()), kind.units(), readers);
        Set<String> known = kind.params();
        route(kind.name(), call -> {
            call.params().only(known);
            Span span = Periods.of(call.params(), "30d", call.site().zone(), clock.millis());
            List<Filter> filters = Filters.of(call.params(), kind.pageIsNumber());
            Format format = Format.of(call.params(), kind.table());
            Map<String, List<String>> more = call.params().some(kind.more());
            Ask ask = new Ask(engine, call.site(), span, filters);
            return answer(
                    cache,
                    call,
                    new SiteLoad(ask, format, List.of(more, call.variables()), () -> maker.make(ask, call.params())));
        });
    }

    private void realtime() {
        ReportCache cache = cache("realtime", Duration.ofSeconds(1), 200, live);
        route("realtime", call -> {
            call.params().only(Set.of("format", "table"));
            Format format = Format.of(call.params(), "users");
            Site site = call.site();
            return answer(cache, call, new LiveLoad(site, format, () -> Realtime.of(site, engine.live(site.id()))));
        });
    }

    private void route(String name, Route.Handler handler) {
        routes.add(Route.of("GET", SITE + name, Caller.Need.READ, handler));
    }

    private ReportCache cache(String name, Duration ttl, int units, Readers on) {
        ReportCache cache = new ReportCache(name, ttl, units, settings.version(), on, clock);
        caches.add(cache);
        return cache;
    }

    private CompletableFuture<ApiResponse> answer(ReportCache cache, Call call, ReportCache.Load load) {
        return cache.get(load).thenApply(entry -> entry.answer(call.request(), clock.millis()));
    }

    /** What a body is made of on a reader thread. */
    @FunctionalInterface
    interface Tree {
        Fields make();
    }

    /** A report of committed state. The site and its affiliates are part of the key: changing them shows at once. */
    private record SiteLoad(Ask ask, Format format, Object more, Tree tree) implements ReportCache.Load {
        /** All that tells one question from another. */
        private record Key(
                Site site,
                List<Affiliate> affiliates,
                Object period,
                Object interval,
                List<Filter> filters,
                Format format,
                Object more) {}

        @Override
        public Object key() {
            return new Key(
                    ask.site(),
                    List.copyOf(ask.engine().sites().affiliates(ask.site().id())),
                    ask.span().current(),
                    ask.span().interval(),
                    ask.filters(),
                    format,
                    more);
        }

        @Override
        public Object resolved() {
            return ask.span();
        }

        @Override
        public long generation() {
            return ask.engine().generation(ask.site().id());
        }

        @Override
        public ReportCache.Body compute() {
            return format.body(tree.make());
        }
    }

    /** A report of what is in memory: it has no generation, so it is made anew whenever its time is over. */
    private record LiveLoad(Site site, Format format, Tree tree) implements ReportCache.Load {
        @Override
        public Object key() {
            return List.of(site, format);
        }

        @Override
        public Object resolved() {
            return new Object();
        }

        @Override
        public long generation() {
            return 0;
        }

        @Override
        public ReportCache.Body compute() {
            return format.body(tree.make());
        }
    }
}
