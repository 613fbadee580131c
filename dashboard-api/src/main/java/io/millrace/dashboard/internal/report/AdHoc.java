package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.answer.Figures;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.dashboard.internal.query.SiteSegments;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Order;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Metrics by dimensions over a period with filters, as the body of {@code POST /api/query} asks. Rates and averages are
 * quotients of counted metrics over the whole group. Thread-safe.
 */
public final class AdHoc {
    static final List<String> DIMENSIONS = Stream.concat(
                    Shape.labels(Dimension.values()).stream(), Stream.of(Filters.ANY_PROPERTY))
            .toList();
    private static final int MAX_DIMENSIONS = 4;
    private static final Input SITE =
            Input.whole("site_id", 1, Integer.MAX_VALUE, null).must();
    private static final Form FORM = new Form(
            "Query",
            SITE,
            Input.texts("metrics", Figures.ALL, "At least one, each once").must(),
            Input.texts("dimensions", DIMENSIONS, "At most " + MAX_DIMENSIONS + "; prop.plan is a property of events"),
            PeriodParser.PERIOD,
            PeriodParser.FROM,
            PeriodParser.TO,
            Filters.group(false),
            Input.text(
                    "sort",
                    "By one of the metrics that are asked for, or by the first dimension: visitors:desc, page:asc. Without a direction"
                            + " the greatest figures come first, values from a to z; absent: by the dimensions. Rows that are alike are"
                            + " in the order of their values"),
            ReportFormat.LIMIT,
            ReportFormat.OFFSET);
    private final Engine engine;
    private final Reports reports;
    private final InstantSource clock;
    private final ReportCache cache;

    public AdHoc(Engine engine, Reports reports, InstantSource clock) {
        this.engine = engine;
        this.reports = reports;
        this.clock = clock;
        cache = reports.cache("query", Duration.ofSeconds(60));
    }

    public List<Operation> operations() {
        return List.of(Operation.post("/api/query", Permission.KNOWN, "Metrics by dimensions")
                .with(ReportFormat.INPUTS)
                .takes(FORM)
                .answers(QueryAnswer.class)
                .answers(200, ReportFormat.CSV)
                .kept()
                .by(this::answer));
    }

    private CompletableFuture<ApiResponse> answer(Call call) {
        JsonBody body = JsonBody.of(call.request(), FORM);
        ReportFormat format = ReportFormat.of(call.params(), "rows").limited(body.hasValue("limit"));
        Site site = engine.sites().byId(body.number(SITE));
        if (site == null || !call.principal().sees(site.id())) {
            throw ApiException.notFound("site");
        }
        if (!call.principal().may(Permission.READ, site.id())) {
            throw ApiException.forbidden();
        }
        List<String> columns = columns(body);
        ResolvedPeriod period =
                PeriodParser.parse(body.params(List.of("period", "from", "to")), "30d", site.zone(), clock.millis());
        Query query = query(site, period, columns, body, reports.segments(call, site));
        Filters.refuseCostly(query.filters(), null, true);
        ReportContext context = new ReportContext(engine, site, period, query.filters());
        String sort = body.text("sort");
        ReportCache.Load load = context.load(
                Arrays.asList(query, columns, sort, format),
                () -> format.body(QueryAnswer.of(context, query, columns, sort)));
        return reports.answer(cache, call, load);
    }

    private static List<String> columns(JsonBody body) {
        List<String> columns = body.texts("metrics");
        if (columns.isEmpty() || Set.copyOf(columns).size() < columns.size()) {
            throw ApiException.field("metrics", "at least one, each once");
        }
        for (String c : columns) {
            if (!Figures.ALL.contains(c)) {
                throw ApiException.field("metrics", "each must be one of " + Figures.METRICS + " or " + Figures.RATES);
            }
        }
        return columns;
    }

    private Query query(Site site, ResolvedPeriod period, List<String> columns, JsonBody body, SiteSegments segments) {
        List<Attribute> dimensions = new ArrayList<>();
        for (String name : body.texts("dimensions")) {
            Property property = Filters.property(name, "dimensions");
            if (property == null && !DIMENSIONS.contains(name) || dimensions.size() == MAX_DIMENSIONS) {
                throw ApiException.field("dimensions", "at most " + MAX_DIMENSIONS + ", each one of " + DIMENSIONS);
            }
            dimensions.add(property == null ? Dimension.valueOf(name.toUpperCase(Locale.ROOT)) : property);
        }
        return new Query(
                site.id(),
                period.current(),
                period.zone(),
                Figures.counted(columns),
                dimensions,
                segments.asked(body, new SiteGoals(engine.sites().goals(site.id()), List.of())),
                order(body, dimensions, columns),
                body.number(ReportFormat.LIMIT),
                body.number(ReportFormat.OFFSET));
    }

    private static Order order(JsonBody body, List<Attribute> dimensions, List<String> columns) {
        String sort = body.text("sort");
        String values = dimensions.isEmpty() ? null : Filters.name(dimensions.get(0));
        return sort == null
                ? Order.VALUES
                : Figures.order(sort, values, columns, why -> ApiException.field("sort", why));
    }

    record QueryAnswer(QueryEcho query, List<Map<String, Object>> rows, long total, boolean approximate) {
        private static QueryAnswer of(ReportContext context, Query query, List<String> columns, String sort) {
            Report report = ReportContext.counted(
                    () -> context.engine().query(query), why -> ApiException.field("dimensions", why));
            List<Map<String, Object>> rows =
                    report.rows().stream().map(r -> row(query, columns, r)).toList();
            return new QueryAnswer(QueryEcho.of(query, columns, sort), rows, report.totalRows(), report.approximate());
        }
    }

    /** The question as it was understood. */
    @SnakeCase
    record QueryEcho(
            int siteId,
            OffsetDateTime from,
            OffsetDateTime to,
            String timezone,
            List<String> metrics,
            List<String> dimensions,
            Map<String, List<String>> filters,
            @Nullable String sort,
            int limit,
            int offset) {
        private static QueryEcho of(Query query, List<String> columns, String sort) {
            Map<String, List<String>> filters = new LinkedHashMap<>();
            for (Filter f : query.filters()) {
                filters.computeIfAbsent(Filters.name(f.dimension()), n -> new ArrayList<>())
                        .addAll(Filters.values(f));
            }
            return new QueryEcho(
                    query.siteId(),
                    Times.at(query.period().from(), query.zone()),
                    Times.at(query.period().to(), query.zone()),
                    Times.name(query.zone()),
                    columns,
                    query.dimensions().stream().map(Filters::name).toList(),
                    filters,
                    sort,
                    query.limit(),
                    query.offset());
        }
    }

    private static Map<String, Object> row(Query query, List<String> columns, Report.Row r) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < query.dimensions().size(); i++) {
            row.put(Filters.name(query.dimensions().get(i)), r.values().get(i));
        }
        for (String column : columns) {
            row.put(
                    column,
                    Figures.value(column, m -> r.metrics().get(query.metrics().indexOf(m))));
        }
        return row;
    }
}
