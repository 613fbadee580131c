package io.millrace.storage.sqlite.internal;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Journey;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Sale;
import io.millrace.engine.spi.StorageReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The read role. Thread-safe. */
final class Reader implements StorageReader {
    private final Readers readers;
    private final Database database;

    Reader(Readers readers, Database database) {
        this.readers = readers;
        this.database = database;
    }

    @Override
    public Report query(Query query) {
        return readers.read("query", sql -> fromRows(sql, query));
    }

    private Report fromRows(Statements sql, Query query) throws SQLException {
        Report report = run(sql, query);
        if (!report.rows().isEmpty() || query.offset() == 0) {
            return report;
        }
        Query first = new Query(
                query.siteId(),
                query.period(),
                query.zone(),
                query.metrics(),
                query.dimensions(),
                query.filters(),
                query.orderBy(),
                1,
                0);
        return new Report(List.of(), run(sql, first).totalRows());
    }

    private Report run(Statements sql, Query query) throws SQLException {
        Sql statement = QuerySql.of(query, database.reach().get());
        List<Report.Row> rows = new ArrayList<>();
        int total = 0;
        int columns = query.dimensions().size();
        try (PreparedStatement prepared = statement.prepare(sql);
                ResultSet result = prepared.executeQuery()) {
            while (result.next()) {
                rows.add(row(query, result));
                total = result.getInt(columns + query.metrics().size() + 1);
            }
        }
        return new Report(List.copyOf(rows), total);
    }

    private static Report.Row row(Query query, ResultSet result) throws SQLException {
        int columns = query.dimensions().size();
        List<String> values = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            Dimension d = query.dimensions().get(i);
            values.add(
                    d.kind() == Dimension.Kind.TIME
                            ? TimeBuckets.name(d, result.getLong(i + 1))
                            : result.getString(i + 1));
        }
        List<Long> metrics = new ArrayList<>(query.metrics().size());
        for (int i = 0; i < query.metrics().size(); i++) {
            metrics.add(result.getLong(columns + i + 1));
        }
        return new Report.Row(values, metrics);
    }

    @Override
    public List<Sale> sales(int siteId, Period period, List<Filter> filters) {
        return readers.read("conversions", sql -> SalesReader.sales(sql, siteId, period, filters));
    }

    @Override
    public Report affiliateVisits(AffiliateQuery query) {
        return readers.read("affiliate visits", sql -> SalesReader.affiliateVisits(sql, query));
    }

    @Override
    public Map<String, Journey> journeys(int siteId, List<String> visitors, int visitsEach, int pagesEach) {
        return readers.read("journeys", sql -> JourneyReader.journeys(sql, siteId, visitors, visitsEach, pagesEach));
    }

    @Override
    public void walk(int siteId, Period period, List<Filter> filters, Walk walk) {
        readers.read("paths", sql -> {
            JourneyReader.walk(
                    sql, new HitSource(siteId, period, filters, database.reach().get()), walk);
            return null;
        });
    }

    @Override
    public long generation(int siteId) {
        return database.generations().get(siteId);
    }

    @Override
    public Map<Counter, Long> ledger(int siteId, int fromEpochDay, int toEpochDay) {
        return readers.read("ledger", sql -> {
            try (ResultSet rows = sql.bind(
                            "SELECT counter, sum(count) FROM ledger WHERE site_id = ? AND date BETWEEN ? AND ?"
                                    + " GROUP BY counter",
                            siteId,
                            LocalDate.ofEpochDay(fromEpochDay).toString(),
                            LocalDate.ofEpochDay(toEpochDay).toString())
                    .executeQuery()) {
                return Writer.counters(rows);
            }
        });
    }
}
