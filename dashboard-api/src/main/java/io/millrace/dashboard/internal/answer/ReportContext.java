package io.millrace.dashboard.internal.answer;

import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.cache.ReportStore.Body;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.query.ResolvedPeriod;
import io.millrace.dashboard.internal.query.Spellings;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.Affiliate;
import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.Attribute;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Goal;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageReader;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The questions that one report asks: all of the same site, period and filters. Immutable; asks on the caller's thread.
 *
 * @param filters those of {@code within} among them
 * @param within beyond what nothing is shown
 * @param known answers that are here already
 */
public record ReportContext(
        Engine engine,
        Site site,
        ResolvedPeriod period,
        List<Filter> filters,
        Within within,
        Map<Query, Report> known) {
    /** Up to this many days, "all" is shown by days. */
    private static final long FEW_DAYS = 100;

    /** The metrics of an empty bucket: as many as the longest series has. */
    private static final List<Long> ZEROS = Collections.nCopies(5, 0L);

    public ReportContext(Engine engine, Site site, ResolvedPeriod period, List<Filter> filters) {
        this(engine, site, period, filters, Within.ALL);
    }

    public ReportContext(Engine engine, Site site, ResolvedPeriod period, List<Filter> filters, Within within) {
        this(engine, site, period, filters, within, Map.of());
    }

    public StorageReader reader() {
        return engine.storage().reader();
    }

    /**
     * Asks what a storage may refuse to count.
     *
     * @param refusal what is wrong then, for the reason that the storage gives
     */
    public static <T> T counted(Supplier<T> question, Function<String, ApiException> refusal) {
        try {
            return question.get();
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.CONTENT && e.getCause() == null) {
                throw refusal.apply(e.getMessage());
            }
            throw e;
        }
    }

    /** The same questions about another period. */
    public ReportContext over(ResolvedPeriod other) {
        return new ReportContext(engine, site, other, filters, within, known);
    }

    /** The same, with the answers to these, which are cheaper to find together. */
    public ReportContext knowing(List<Query> queries) {
        List<Report> reports = engine.query(queries);
        Map<Query, Report> answers = new HashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            answers.put(queries.get(i), reports.get(i));
        }
        return new ReportContext(engine, site, period, filters, within, answers);
    }

    private List<Report.Row> rows(Query query) {
        Report report = known.get(query);
        return (report == null ? engine.query(query) : report).rows();
    }

    public Query query(Period over, Metric... metrics) {
        return Query.totals(site.id(), over, period.zone(), metrics).where(filters);
    }

    /**
     * A report of the committed state. The site, its affiliates and goals are part of the key, so that changing them shows at once.
     *
     * @param more what else tells one question from another
     */
    public ReportCache.Load load(Object more, Supplier<Body> body) {
        List<Affiliate> affiliates = List.copyOf(engine.sites().affiliates(site.id()));
        List<Goal> goals = List.copyOf(engine.sites().goals(site.id()));
        List<Object> key = Arrays.asList(
                site, affiliates, goals, period.name(), period.current(), period.interval(), filters, within, more);
        return new ReportCache.Load(key, () -> period, () -> engine.generation(site.id()), true, body);
    }

    /** The totals of a period, one for each metric. */
    public List<Long> totals(Period over, Metric... metrics) {
        return rows(query(over, metrics)).get(0).metrics();
    }

    public Query breakdown(Dimension dimension, int limit, Metric... metrics) {
        return query(period.current(), metrics).where(filters(dimension)).by(dimension, limit);
    }

    /** Those of a question about this dimension. */
    public List<Filter> filters(Attribute dimension) {
        List<Filter> more = within.of(dimension);
        return more.isEmpty()
                ? filters
                : Stream.concat(filters.stream(), more.stream()).toList();
    }

    /** Rows by a dimension, greatest first metric first. */
    public List<Report.Row> by(Dimension dimension, int limit, Metric... metrics) {
        return rows(breakdown(dimension, limit, metrics));
    }

    public List<AttributedConversion> conversions() {
        return reader().conversions(site.id(), period.current(), filters);
    }

    public Report affiliates(int affiliateId, AffiliateQuery.Group group, int limit) {
        return reader().affiliateVisits(new AffiliateQuery(
                site.id(), affiliateId, period.current(), period.zone(), group, filters, limit));
    }

    /** The same with the buckets that suit: "all" begins with the first month that has anything. */
    public ReportContext settled() {
        if (period.shownFrom() != ResolvedPeriod.UNKNOWN) {
            return this;
        }
        Query months =
                query(period.current(), Metric.PAGE_VIEWS, Metric.SESSIONS).by(Dimension.MONTH, 1);
        List<Report.Row> first = rows(months);
        long from = first.isEmpty()
                ? period.startOf(period.by(Dimension.DAY).label(period.asOf()))
                : period.startOf(first.get(0).values().get(0));
        if (period.interval() != null) {
            PeriodParser.refuseTooFine(period.interval(), from, period.current().to());
        }
        boolean few = period.current().to() - from < FEW_DAYS * 86_400_000;
        ResolvedPeriod shown = period.interval() == null ? period.by(few ? Dimension.DAY : Dimension.MONTH) : period;
        return over(shown.shownFrom(from));
    }

    /** One row for each bucket of the series, made of its label and metrics. */
    public <T> List<T> series(BiFunction<String, List<Long>, T> row, Metric... metrics) {
        return filled(rows(breakdown(period.interval(), 0, metrics)), row);
    }

    /** One row for each bucket, with zeros where there is none. */
    public <T> List<T> filled(List<Report.Row> rows, BiFunction<String, List<Long>, T> row) {
        Map<String, List<Long>> byLabel = new LinkedHashMap<>();
        rows.forEach(r -> byLabel.put(r.values().get(0), r.metrics()));
        return period.labels(byLabel.keySet()).stream()
                .map(label -> row.apply(label, byLabel.getOrDefault(label, ZEROS)))
                .toList();
    }

    /** Since when a site's visits can be told one by one; null: all of them can. */
    public static OffsetDateTime visitsFrom(StorageReader reader, Site site) {
        long from = reader.visitsFrom(site.id());
        return from == Long.MIN_VALUE ? null : Times.at(from, site.zone());
    }

    /** A value as reports show it. */
    public static String name(String value) {
        return Spellings.shown(value);
    }

    public <T> List<T> panel(Panel<T> panel) {
        return by(panel.dimension(), panel.limit(), panel.metrics()).stream()
                .filter(r -> panel.dimension().kind() == Attribute.Kind.VISIT
                        || r.metrics().get(0) > 0)
                .map(r -> panel.row().apply(name(r.values().get(0)), r.metrics()))
                .toList();
    }
}
