package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.sql.FactSql;
import io.millrace.storage.sqlite.internal.sql.QuerySql;
import io.millrace.storage.sqlite.internal.sql.Sql;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers queries: out of roll-ups what they can say, out of rows the rest. Both say the same. Thread-safe. */
final class QueryRunner {
    private final ReadConnections readers;
    private final CommittedState state;

    QueryRunner(ReadConnections readers, CommittedState state) {
        this.readers = readers;
        this.state = state;
    }

    Report run(Query query) {
        Site site = state.sites().find(query.siteId());
        RollupPlan.Way way = site == null ? RollupPlan.Way.ROWS : RollupPlan.of(query);
        return switch (way) {
            case ROWS -> fromRows(site == null ? ofNoSite(query) : query);
            case SERIES ->
                readers.read(
                        "query",
                        () -> query.metrics().contains(Metric.VISITORS)
                                ? open(query, SeriesReader.OpenSets::of)
                                : List.<SeriesReader.OpenSets>of(),
                        (sql, open) -> new SeriesReader(sql, query, site, offsets(), open).run());
            case VALUES -> fromValues(query, site);
        };
    }

    /** Rows of a site that is removed may be there still, and are nobody's. */
    private static Query ofNoSite(Query query) {
        return new Query(
                0,
                query.period(),
                query.zone(),
                query.metrics(),
                query.dimensions(),
                query.filters(),
                query.orderBy(),
                query.limit(),
                query.offset());
    }

    /** What the queries of one selection have in common. */
    private record Selected(int siteId, Period period, List<Filter> filters) {
        static Selected by(Query query) {
            return new Selected(query.siteId(), query.period(), query.filters());
        }
    }

    List<Report> run(List<Query> queries) {
        Map<Selected, List<Query>> groups = queries.stream()
                .filter(q -> SelectionTable.suits(q.filters()))
                .distinct()
                .collect(Collectors.groupingBy(Selected::by));
        Map<Query, Report> ready = new HashMap<>();
        for (List<Query> group : groups.values()) {
            if (group.size() > 1) {
                ready.putAll(fromSelection(group));
            }
        }
        return queries.stream()
                .map(q -> ready.containsKey(q) ? ready.get(q) : run(q))
                .toList();
    }

    private Map<Query, Report> fromSelection(List<Query> group) {
        return readers.read("selection", sql -> {
            Map<Query, Report> reports = new HashMap<>();
            try (SelectionTable selection = SelectionTable.of(sql, group.get(0), offsets())) {
                for (Query query : group) {
                    reports.put(
                            query,
                            selection.complete() ? fromRows(sql, query, SelectionTable::facts) : fromRows(sql, query));
                }
            }
            return reports;
        });
    }

    private Report fromValues(Query query, Site site) {
        RollupDimension dimension =
                RollupDimension.of(query.dimensions().get(0)).orElseThrow();
        return readers.read("query", () -> open(query, b -> ValuesReader.OpenValues.of(b, dimension)), (sql, open) -> {
            Optional<DaySpan> days = DataExtent.of(sql, site.id()).days(sql, site, query.period());
            if (days.isEmpty()) {
                return fromRows(sql, query);
            }
            ValuesReader values = new ValuesReader(sql, query, site, dimension, days.get(), offsets(), open);
            return values.onlyRows(state.sites().rowsCompleteFrom(site.id())) ? fromRows(sql, query) : values.run();
        });
    }

    /** What the days hold that are ahead of what is stored; within the gate. */
    private <T> List<T> open(Query query, Function<DayRollup, T> copy) {
        List<T> open = new ArrayList<>();
        for (DayRollup day : state.days().byKey().values()) {
            if (day.siteId == query.siteId() && day.dirty) {
                open.add(copy.apply(day));
            }
        }
        return open;
    }

    private HitOffsets offsets() {
        return state.offsets().get();
    }

    /** The same out of rows alone. */
    Report fromRows(Query query) {
        return readers.read("query", sql -> fromRows(sql, query));
    }

    private Report fromRows(StatementCache sql, Query query) throws SQLException {
        return fromRows(sql, query, q -> FactSql.of(q, offsets()));
    }

    private static Report fromRows(StatementCache sql, Query query, Function<Query, Sql> facts) throws SQLException {
        Report report = select(sql, query, facts.apply(query));
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
        return new Report(List.of(), select(sql, first, facts.apply(first)).totalRows());
    }

    private static Report select(StatementCache sql, Query query, Sql facts) throws SQLException {
        List<Report.Row> rows = new ArrayList<>();
        int total = 0;
        int columns = query.dimensions().size();
        try (PreparedStatement prepared = QuerySql.of(query, facts).prepare(sql);
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
}
