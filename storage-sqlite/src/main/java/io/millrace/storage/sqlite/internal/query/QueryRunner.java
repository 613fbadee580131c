package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Bounds;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.scan.IntsPool;
import io.millrace.storage.sqlite.internal.scan.Scan;
import io.millrace.storage.sqlite.internal.scan.TupleValues;
import io.millrace.storage.sqlite.internal.scan.Walk;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import java.time.ZoneId;
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
    private final ColumnCache cache;
    private final IntsPool pool = new IntsPool();
    private final TupleValues tuples = new TupleValues();

    QueryRunner(ReadConnections readers, CommittedState state, ColumnCache cache) {
        this.cache = cache;
        this.readers = readers;
        this.state = state;
    }

    void register(Bounds bounds) {
        cache.register(bounds);
        pool.register(bounds);
    }

    Report run(Query query) {
        Site site = state.sites().find(query.siteId());
        RollupPlan.Way way = site == null ? RollupPlan.Way.ROWS : RollupPlan.of(query);
        return switch (way) {
            case ROWS -> scan(site == null ? ofNoSite(query) : query);
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
    private record Selected(int siteId, Period period, ZoneId zone, List<Filter> filters) {
        static Selected by(Query query) {
            return new Selected(query.siteId(), query.period(), query.zone(), query.filters());
        }
    }

    List<Report> run(List<Query> queries) {
        Map<Selected, List<Query>> groups = queries.stream()
                .filter(q -> state.sites().find(q.siteId()) != null && RollupPlan.of(q) == RollupPlan.Way.ROWS)
                .distinct()
                .collect(Collectors.groupingBy(Selected::by));
        Map<Query, Report> ready = new HashMap<>();
        for (List<Query> group : groups.values()) {
            if (group.size() > 1) {
                ready.putAll(scan(group));
            }
        }
        return queries.stream()
                .map(q -> ready.containsKey(q) ? ready.get(q) : run(q))
                .toList();
    }

    private Report scan(Query query) {
        return scan(List.of(query)).get(query);
    }

    /** Out of segments alone. */
    private Map<Query, Report> scan(List<Query> group) {
        Query like = group.get(0);
        return readers.read(
                "query",
                () -> Segments.of(like.siteId(), like.period(), state),
                (sql, segments) -> Scan.run(sql, tuples, pool, group, segments.open(sql, cache)));
    }

    /** Shows the page views that a query selects. */
    void walk(Query query, StorageReader.Walk walk) {
        readers.read("paths", () -> Segments.of(query.siteId(), query.period(), state), (sql, segments) -> {
            Walk.run(sql, tuples, pool, query, segments.open(sql, cache), walk);
            return null;
        });
    }

    private Report fromValues(Query query, Site site) {
        RollupDimension dimension =
                RollupDimension.of(query.dimensions().get(0)).orElseThrow();
        Optional<Report> report =
                readers.read("query", () -> open(query, b -> ValuesReader.OpenValues.of(b, dimension)), (sql, open) -> {
                    Optional<DaySpan> days = DataExtent.of(sql, site.id()).days(sql, site, query.period());
                    if (days.isEmpty()) {
                        return Optional.empty();
                    }
                    ValuesReader values = new ValuesReader(sql, query, site, dimension, days.get(), offsets(), open);
                    boolean onlyRows = values.onlyRows(state.sites().rowsCompleteFrom(site.id()));
                    return onlyRows ? Optional.empty() : Optional.of(values.run());
                });
        return report.orElseGet(() -> scan(query));
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
}
