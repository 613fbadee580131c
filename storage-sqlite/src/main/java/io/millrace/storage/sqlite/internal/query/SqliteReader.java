package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Bounds;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Import;
import io.millrace.engine.Journey;
import io.millrace.engine.Metric;
import io.millrace.engine.PastSale;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Payout;
import io.millrace.engine.Period;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Sale;
import io.millrace.engine.Site;
import io.millrace.engine.StorageUse;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.mapper.CounterMapper;
import io.millrace.storage.sqlite.internal.mapper.FilteredMapper;
import io.millrace.storage.sqlite.internal.mapper.SaleMapper;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.scan.TupleValues;
import io.millrace.storage.sqlite.internal.schema.TableSizes;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.Segments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The read role. Thread-safe. */
public final class SqliteReader implements StorageReader {
    private final ReadConnections readers;
    private final CommittedState state;
    private final SiteScan.Kept kept;
    private final QueryRunner queries;

    public SqliteReader(ReadConnections readers, CommittedState state, ColumnCache cache) {
        this.readers = readers;
        this.state = state;
        this.kept = new SiteScan.Kept(cache, new IntsPool(), new TupleValues());
        this.queries = new QueryRunner(readers, state, kept);
    }

    /** Registers what is kept between questions. */
    public void register(Bounds bounds) {
        kept.columns().register(bounds);
        kept.pool().register(bounds);
    }

    private <T> T scan(String doing, int siteId, Period period, SiteScan.Question<T> question) {
        return SiteScan.ask(readers, doing, () -> state.segments(siteId, period), kept, question);
    }

    @Override
    public Report query(Query query) {
        return queries.run(query);
    }

    @Override
    public List<Report> query(List<Query> several) {
        return queries.run(several);
    }

    @Override
    public List<AttributedConversion> conversions(int siteId, Period period, List<Filter> filters) {
        return scan(
                "conversions",
                siteId,
                Segments.ALWAYS,
                (sql, scan) -> ConversionReader.conversions(sql, scan, siteId, period, filters));
    }

    @Override
    public List<Conversion> conversions(int siteId, String visitor, long from, int limit) {
        return readers.read(
                "conversions of a visitor", sql -> ConversionReader.conversions(sql, siteId, visitor, from, limit));
    }

    @Override
    public void sales(int siteId, int affiliateId, Consumer<Sale> each) {
        readers.read("sales", sql -> {
            SaleMapper.sales(sql, siteId, affiliateId, each);
            return null;
        });
    }

    @Override
    public void payouts(int siteId, int affiliateId, Consumer<Payout> each) {
        readers.read("payouts", sql -> {
            SaleMapper.payouts(sql, siteId, affiliateId, each);
            return null;
        });
    }

    @Override
    public List<Payout> payouts(int siteId, int affiliateId, int offset, int limit) {
        return readers.read("payouts", sql -> SaleMapper.payouts(sql, siteId, affiliateId, offset, limit));
    }

    @Override
    public Report affiliateVisits(AffiliateQuery query) {
        return scan(
                "affiliate visits",
                query.siteId(),
                Segments.ALWAYS,
                (sql, scan) -> ConversionReader.affiliateVisits(sql, scan, query));
    }

    @Override
    public Report properties(PropertyQuery query) {
        return scan("properties", query.siteId(), query.period(), (sql, scan) -> scan.properties(query));
    }

    @Override
    public FunnelCounts funnel(FunnelQuery query) {
        return scan("funnel", query.siteId(), query.period(), (sql, scan) -> scan.funnel(query));
    }

    @Override
    public RetentionCounts retention(RetentionQuery query) {
        Period history = new Period(Segments.ALWAYS.from(), query.period().to());
        return scan("retention", query.siteId(), history, (sql, scan) -> scan.retention(query));
    }

    @Override
    public Map<String, Journey> journeys(
            int siteId, List<String> visitors, List<Filter> filters, int visitsEach, int pagesEach, int eventsEach) {
        return scan(
                "journeys",
                siteId,
                Segments.ALWAYS,
                (sql, scan) -> new JourneyReader(sql, scan, filters)
                        .journeys(siteId, visitors, visitsEach, pagesEach, eventsEach));
    }

    @Override
    public Map<String, List<Visit>> visits(int siteId, Set<String> visitors, long before, int most) {
        long rowsFrom = visitsFrom(siteId);
        Period packed = rowsFrom == Long.MIN_VALUE
                ? Segments.ALWAYS
                : new Period(Segments.ALWAYS.from(), Math.min(before, rowsFrom));
        return scan(
                "visits of visitors",
                siteId,
                packed,
                (sql, scan) -> new VisitorVisits(sql, scan, most).read(visitors, before, rowsFrom != Long.MIN_VALUE));
    }

    @Override
    public long visitsFrom(int siteId) {
        return state.sites().kept(siteId).rowsFrom();
    }

    @Override
    public <W extends Walk> List<W> walk(
            int siteId, Period period, List<Filter> filters, String event, Supplier<W> walks) {
        Query query =
                Query.totals(siteId, period, ZoneOffset.UTC, Metric.PAGE_VIEWS).where(filters);
        return scan("paths", siteId, period, (sql, scan) -> scan.walk(query, event, walks));
    }

    @Override
    public List<Import> imports(int siteId) {
        return readers.read("imports", sql -> ImportReader.imports(sql, siteId));
    }

    @Override
    public List<Import.Day> importedDays(Import brought) {
        Site site = state.sites().get(brought.siteId());
        return readers.readWithoutHurry("imports", () -> null, (sql, nothing) -> ImportReader.days(sql, site, brought));
    }

    @Override
    public long pastVisits(int siteId, long after, long activeSince, Consumer<PastVisit> each) {
        Site site = state.sites().get(siteId);
        return readers.read("visits of a site", sql -> new PastReader(sql, site, each).read(after, activeSince));
    }

    @Override
    public List<PastSale> pastSales(int siteId, long after, int limit) {
        return readers.read("sales", sql -> {
            List<Sale> sales = SaleMapper.sales(sql, siteId, after, limit);
            Map<Long, Visit> visits = PastReader.visits(
                    sql, sales.stream().map(s -> s.conversion().visitId()).toList());
            return sales.stream()
                    .map(s -> new PastSale(s, visits.get(s.conversion().visitId())))
                    .toList();
        });
    }

    @Override
    public List<FilteredEvent> filteredAfter(int siteId, long after, int limit) {
        Site site = state.sites().get(siteId);
        return readers.read(
                "filtered events",
                sql -> StatementCache.list(
                        sql.bind(
                                "SELECT " + FilteredMapper.COLUMNS + " FROM filtered_events"
                                        + " INDEXED BY filtered_events_by_site WHERE site_id = ? AND id > ?"
                                        + " ORDER BY id LIMIT ?",
                                siteId,
                                after,
                                limit),
                        row -> FilteredMapper.event(row, site, id -> null)));
    }

    @Override
    public List<FilteredEvent> filtered(int siteId, int limit) {
        return filtered(
                siteId, "INDEXED BY filtered_events_by_site WHERE site_id = ? ORDER BY id DESC LIMIT ?", siteId, limit);
    }

    @Override
    public List<FilteredEvent> filtered(int siteId, String visitor, int limit) {
        return filtered(
                siteId,
                "INDEXED BY filtered_events_by_visitor WHERE site_id = ? AND visitor = ? ORDER BY id DESC LIMIT ?",
                siteId,
                visitor,
                limit);
    }

    private List<FilteredEvent> filtered(int siteId, String where, Object... parameters) {
        Site site = state.sites().find(siteId);
        return site == null
                ? List.of()
                : readers.read(
                        "filtered events",
                        sql -> StatementCache.list(
                                sql.bind(
                                        "SELECT " + FilteredMapper.COLUMNS + " FROM filtered_events " + where,
                                        parameters),
                                row -> FilteredMapper.event(row, site, id -> null)));
    }

    @Override
    public List<FilteredCount> filteredDays(int siteId, Counter reason, int from, int to) {
        return filteredCounts("browser, day, NULL", "browser, day", siteId, reason, from, to, Integer.MAX_VALUE);
    }

    @Override
    public List<FilteredCount> filteredPages(int siteId, Counter reason, int from, int to, int limit) {
        return filteredCounts("browser, 0, path", "browser, path", siteId, reason, from, to, limit);
    }

    private List<FilteredCount> filteredCounts(
            String columns, String group, int siteId, Counter reason, int from, int to, int limit) {
        List<FilteredCount> counts = new ArrayList<>();
        readers.read("filtered events", sql -> {
            sql.each(
                    "SELECT " + columns + ", count(*) FROM filtered_events INDEXED BY filtered_events_by_site"
                            + " WHERE site_id = ? AND reason = ? AND type = 'pageview' AND day BETWEEN ? AND ?"
                            + " GROUP BY " + group + " ORDER BY 4 DESC, 1, 2, 3 LIMIT ?",
                    row -> counts.add(
                            new FilteredCount(row.getString(1), row.getInt(2), row.getString(3), row.getLong(4))),
                    siteId,
                    reason.reason(),
                    from,
                    to,
                    limit);
            return null;
        });
        return counts;
    }

    @Override
    public Map<Integer, Long> excluded(int siteId, int epochDay) {
        Map<Integer, Long> counts = new TreeMap<>();
        readers.read("exclusions", sql -> {
            sql.each(
                    "SELECT id, count FROM exclusions WHERE site_id = ? AND day = ? AND count > 0",
                    row -> counts.put(row.getInt(1), row.getLong(2)),
                    siteId,
                    epochDay);
            return null;
        });
        return counts;
    }

    @Override
    public StorageUse use() {
        return readers.read("table sizes", TableSizes::read);
    }

    @Override
    public long generation(int siteId) {
        return state.generations().get(siteId);
    }

    @Override
    public Map<Counter, Long> ledger(int siteId, int fromEpochDay, int toEpochDay) {
        return readers.read(
                "ledger",
                sql -> CounterMapper.map(sql.bind(
                        "SELECT counter, sum(count) FROM ledger WHERE site_id = ? AND date BETWEEN ? AND ?"
                                + " GROUP BY counter",
                        siteId,
                        LocalDate.ofEpochDay(fromEpochDay).toString(),
                        LocalDate.ofEpochDay(toEpochDay).toString())));
    }

    @Override
    public Map<Integer, Map<Counter, Long>> ledgerDays(int siteId, int fromEpochDay, int toEpochDay) {
        return readers.read(
                "ledger",
                sql -> CounterMapper.days(sql.bind(
                        "SELECT counter, count, date FROM ledger WHERE site_id = ? AND date BETWEEN ? AND ?",
                        siteId,
                        LocalDate.ofEpochDay(fromEpochDay).toString(),
                        LocalDate.ofEpochDay(toEpochDay).toString())));
    }
}
