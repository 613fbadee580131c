package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.AiAgent;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageReader.FilteredCount;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What agents of AI have read of a site in the last 30 days, and the visits that assistants sent. Thread-safe.
 *
 * @param readers where it is read
 */
public record AiAgents(Engine engine, WorkerPool readers, InstantSource clock) {
    private static final String PATH = "/api/analytics/{siteId}/agents";
    private static final int DAYS = 30;
    private static final int PAGES = 500;
    private static final int SOURCES = 100;

    /** An agent, with the page views that were kept of it. */
    record AgentRow(
            String name,
            @Nullable String operator,
            @Nullable AiAgent.Purpose purpose,
            long pageViews,
            List<AgentDay> days) {}

    record AgentDay(String date, long pageViews) {}

    record AgentPage(String path, String agent, long pageViews) {}

    /** Visits whose channel is AI, by source. */
    record AssistantRow(String source, long sessions, long visitors) {}

    record AgentReport(
            String from, String to, List<AgentRow> agents, List<AgentPage> pages, List<AssistantRow> assistants) {}

    public List<Operation> operations() {
        return List.of(Operation.get(
                        PATH,
                        Permission.READ,
                        "What agents of AI have read in the last 30 days, and the visits that assistants sent")
                .with(PeriodParser.PERIOD, PeriodParser.FROM, PeriodParser.TO)
                .answers(AgentReport.class)
                .by(this::show));
    }

    private CompletableFuture<ApiResponse> show(Call call) {
        Site site = call.site();
        Period period = PeriodParser.parse(call.params(), DAYS + "d", site.zone(), clock.millis())
                .current();
        return readers.submit(Claim.USER, () -> report(site, period)).thenApply(answer -> ApiAnswers.json(200, answer));
    }

    private AgentReport report(Site site, Period period) {
        StorageReader reader = engine.storage().reader();
        int from = site.dayOf(period.from());
        int to = site.dayOf(period.to() - 1);
        Map<String, Map<Integer, Long>> agents = new LinkedHashMap<>();
        for (FilteredCount row : reader.filteredDays(site.id(), Counter.FILTERED_AI, from, to)) {
            agents.computeIfAbsent(String.valueOf(row.browser()), name -> new TreeMap<>())
                    .merge(row.epochDay(), row.count(), Long::sum);
        }
        List<AgentRow> rows = new ArrayList<>();
        agents.forEach((name, days) -> rows.add(row(name, days)));
        rows.sort((a, b) -> Long.compare(b.pageViews(), a.pageViews()));
        List<AgentPage> pages = reader.filteredPages(site.id(), Counter.FILTERED_AI, from, to, PAGES).stream()
                .map(page -> new AgentPage(String.valueOf(page.path()), String.valueOf(page.browser()), page.count()))
                .toList();
        List<AssistantRow> assistants = engine
                .query(Query.totals(site.id(), period, site.zone(), Metric.SESSIONS, Metric.VISITORS)
                        .where(List.of(Filter.is(Dimension.CHANNEL, "AI")))
                        .by(Dimension.SOURCE, SOURCES))
                .rows()
                .stream()
                .map(r -> new AssistantRow(
                        r.values().get(0), r.metrics().get(0), r.metrics().get(1)))
                .toList();
        return new AgentReport(
                LocalDate.ofEpochDay(from).toString(), LocalDate.ofEpochDay(to).toString(), rows, pages, assistants);
    }

    private AgentRow row(String name, Map<Integer, Long> days) {
        AiAgent known = engine.aiAgent(name).orElse(null);
        return new AgentRow(
                name,
                known == null ? null : known.operator(),
                known == null ? null : known.purpose(),
                days.values().stream().mapToLong(n -> n).sum(),
                days.entrySet().stream()
                        .map(day ->
                                new AgentDay(LocalDate.ofEpochDay(day.getKey()).toString(), day.getValue()))
                        .toList());
    }
}
