package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Bounds;
import io.millrace.engine.Counter;
import io.millrace.engine.Filter;
import io.millrace.engine.Journey;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.StorageUse;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.mapper.CounterMapper;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.schema.TableSizes;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The read role. Thread-safe. */
public final class SqliteReader implements StorageReader {
    private final ReadConnections readers;
    private final CommittedState state;
    private final QueryRunner queries;

    public SqliteReader(ReadConnections readers, CommittedState state, ColumnCache cache) {
        this.readers = readers;
        this.state = state;
        this.queries = new QueryRunner(readers, state, cache);
    }

    /** Registers what is kept between questions. */
    public void register(Bounds bounds) {
        queries.register(bounds);
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
        return readers.read("conversions", sql -> ConversionReader.conversions(sql, siteId, period, filters));
    }

    @Override
    public Report affiliateVisits(AffiliateQuery query) {
        return readers.read("affiliate visits", sql -> ConversionReader.affiliateVisits(sql, query));
    }

    @Override
    public Report properties(PropertyQuery query) {
        return readers.read(
                "properties",
                sql -> PropertyReader.properties(sql, query, state.offsets().get()));
    }

    @Override
    public Map<String, Journey> journeys(
            int siteId, List<String> visitors, List<Filter> filters, int visitsEach, int pagesEach) {
        return readers.read(
                "journeys", sql -> JourneyReader.journeys(sql, siteId, visitors, filters, visitsEach, pagesEach));
    }

    @Override
    public void walk(int siteId, Period period, List<Filter> filters, Walk walk) {
        queries.walk(
                Query.totals(siteId, period, ZoneOffset.UTC, Metric.PAGE_VIEWS).where(filters), walk);
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
}
