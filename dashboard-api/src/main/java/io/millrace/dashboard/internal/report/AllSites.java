package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Engine;
import io.millrace.engine.Metric;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The sites that the caller sees, each in one line. Thread-safe. */
public final class AllSites {
    private static final int MOST = 100;
    private static final Input SEARCH = Input.text("search", "Only sites that have this in their domain or name");
    private static final Input PAGE = Input.whole("page", 1, 1, 10_000, "Which " + MOST + " sites");
    private final Engine engine;
    private final Reports reports;
    private final InstantSource clock;
    private final ReportCache cache;

    public AllSites(Engine engine, Reports reports, InstantSource clock) {
        this.engine = engine;
        this.reports = reports;
        this.clock = clock;
        cache = reports.cache("sites", Duration.ofSeconds(15));
    }

    public List<Operation> operations() {
        return List.of(Operation.get("/api/overview", Permission.KNOWN, "All sites of the caller, each in one line")
                .with(PeriodParser.INPUTS)
                .with(SEARCH)
                .with(PAGE)
                .with(ReportFormat.INPUTS)
                .answers(SiteLines.class)
                .answers(200, ReportFormat.CSV)
                .kept()
                .by(this::answer));
    }

    private CompletableFuture<ApiResponse> answer(Call call) {
        ReportFormat format = ReportFormat.of(call.params(), "sites");
        int page = call.params().number(PAGE);
        List<Site> all = engine.sites().all().stream()
                .filter(s -> call.principal().may(Permission.READ, s.id()))
                .toList();
        String search =
                call.params().has("search") ? call.params().one("search").toLowerCase(Locale.ROOT) : "";
        List<Site> found = all.stream()
                .filter(s ->
                        (s.domain() + ' ' + s.name()).toLowerCase(Locale.ROOT).contains(search))
                .toList();
        List<ReportContext> contexts = new ArrayList<>();
        found.stream().skip((page - 1L) * MOST).limit(MOST).forEach(site -> {
            ResolvedPeriod period = PeriodParser.parse(call.params(), "24h", site.zone(), clock.millis());
            contexts.add(new ReportContext(engine, site, period, List.of()));
        });
        int live = live(all);
        ReportCache.Load load = new ReportCache.Load(
                List.of(key(contexts), page, found.size(), live, format),
                // Who is there now counts as well: people leave without an event.
                () -> contexts.stream()
                        .map(c -> List.of(c.period(), live(List.of(c.site()))))
                        .toList(),
                // Each part only rises, so equal sums are equal parts.
                () -> contexts.stream()
                        .mapToLong(c -> engine.generation(c.site().id()))
                        .sum(),
                true,
                () -> format.body(new SiteLines(
                        live, contexts.stream().map(SiteLine::of).toList(), new SitePages(page, MOST, found.size()))));
        return reports.answer(cache, call, load);
    }

    /** Holds the sites themselves: a change of one, or of what the caller sees, is another key. */
    private static Object key(List<ReportContext> contexts) {
        return contexts.stream()
                .map(c -> Arrays.asList(
                        c.site(),
                        c.period().current(),
                        c.period().name(),
                        c.period().interval()))
                .toList();
    }

    private int live(List<Site> sites) {
        return sites.stream().mapToInt(site -> engine.live(site.id()).size()).sum();
    }

    /** @param live who is there now on all sites of the caller, those on other pages and not looked for included */
    @Name("AllSites")
    record SiteLines(int live, List<SiteLine> sites, SitePages pagination) {}

    /**
     * One site.
     *
     * @param sparkline page views by bucket
     */
    record SiteLine(
            @Unwrapped SiteHead site, int live, long visitors, long sessions, long pageViews, List<Long> sparkline) {
        private static SiteLine of(ReportContext asked) {
            ReportContext context = asked.settled();
            List<Long> totals =
                    context.totals(context.period().current(), Metric.VISITORS, Metric.SESSIONS, Metric.PAGE_VIEWS);
            return new SiteLine(
                    SiteHead.of(context.site()),
                    context.engine().live(context.site().id()).size(),
                    totals.get(0),
                    totals.get(1),
                    totals.get(2),
                    context.series((label, metrics) -> metrics.get(0), Metric.PAGE_VIEWS));
        }
    }

    record SitePages(int page, int limit, int total) {}
}
