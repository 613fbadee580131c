package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.Segments;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers queries: out of roll-ups what they can say, out of segments the rest. Both say the same. Thread-safe. */
final class QueryRunner {
    /** So many breakdowns of one selection take longer out of roll-ups, each by itself, than out of one scan. */
    private static final int SEVERAL = 4;

    private final ReadConnections readers;
    private final CommittedState state;
    private final SiteScan.Kept kept;

    QueryRunner(ReadConnections readers, CommittedState state, SiteScan.Kept kept) {
        this.readers = readers;
        this.state = state;
        this.kept = kept;
    }

    Report run(Query query) {
        Site site = state.sites().find(query.siteId());
        if (inParts(query, site)) {
            return joined(query, run(query.only(Totals.METRICS)), scan(query.only(Metric.READING)));
        }
        RollupPlan.Way way = site == null ? RollupPlan.Way.VISITS : RollupPlan.of(query);
        return switch (way) {
            case VISITS -> scan(site == null ? ofNoSite(query) : query);
            case SERIES ->
                readers.read(
                        "query",
                        () -> memory(
                                query,
                                query.metrics().contains(Metric.VISITORS)
                                        ? open(query, SeriesReader.OpenSets::of)
                                        : List.<SeriesReader.OpenSets>of()),
                        (sql, memory) -> new SeriesReader(sql, query, site, scan(sql, memory), memory.open()).run());
            case VALUES -> fromValues(query, site);
        };
    }

    /** Whether roll-ups have days without visits that a query is about, but not all that it asks of them. */
    private boolean inParts(Query query, Site site) {
        return site != null
                && !Collections.disjoint(query.metrics(), Metric.READING)
                && !Collections.disjoint(query.metrics(), Totals.METRICS)
                && RollupPlan.of(query.only(Totals.METRICS)) != RollupPlan.Way.VISITS
                && site.dayOf(query.period().from()) < state.sites().completeFrom(site);
    }

    private static Report joined(Query query, Report figures, Report reading) {
        Map<List<String>, List<Long>> read = new HashMap<>();
        reading.rows().forEach(row -> read.put(row.values(), row.metrics()));
        List<Metric> ofFigures = query.only(Totals.METRICS).metrics();
        List<Metric> ofReading = query.only(Metric.READING).metrics();
        List<Long> unread = Collections.nCopies(ofReading.size(), 0L);
        List<Report.Row> rows = new ArrayList<>();
        for (Report.Row row : figures.rows()) {
            List<Long> more = read.getOrDefault(row.values(), unread);
            List<Long> metrics = query.metrics().stream()
                    .map(m -> ofFigures.contains(m)
                            ? row.metrics().get(ofFigures.indexOf(m))
                            : more.get(ofReading.indexOf(m)))
                    .toList();
            rows.add(new Report.Row(row.values(), metrics));
        }
        return Report.of(query, rows, figures.approximate());
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
                query.order(),
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
                .filter(q -> state.sites().find(q.siteId()) != null)
                .distinct()
                .collect(Collectors.groupingBy(Selected::by));
        Map<Query, Report> ready = new HashMap<>();
        for (List<Query> group : groups.values()) {
            List<Query> together = together(group);
            if (together.size() > 1) {
                ready.putAll(scan(together));
            }
        }
        return queries.stream()
                .map(q -> ready.containsKey(q) ? ready.get(q) : run(q))
                .toList();
    }

    /** Those of one selection that one scan is to answer: what roll-ups do not say, or all, where it saves many breakdowns. */
    private List<Query> together(List<Query> group) {
        Map<RollupPlan.Way, List<Query>> ways = group.stream().collect(Collectors.groupingBy(RollupPlan::of));
        Query like = group.get(0);
        Site site = state.sites().find(like.siteId());
        boolean all = ways.getOrDefault(RollupPlan.Way.VALUES, List.of()).size() >= SEVERAL
                && site.dayOf(like.period().from()) >= state.sites().completeFrom(site);
        return all
                ? group
                : ways.getOrDefault(RollupPlan.Way.VISITS, List.of()).stream()
                        .filter(q -> !inParts(q, site))
                        .toList();
    }

    private Report scan(Query query) {
        return scan(List.of(query)).get(query);
    }

    /** Out of segments alone. */
    private Map<Query, Report> scan(List<Query> group) {
        Query like = group.get(0);
        return SiteScan.ask(
                readers,
                "query",
                () -> state.segments(like.siteId(), like.period()),
                kept,
                (sql, scan) -> scan.reports(group));
    }

    private Report fromValues(Query query, Site site) {
        RollupDimension dimension =
                RollupDimension.of(query.dimensions().get(0)).orElseThrow();
        Optional<Report> report = readers.read(
                "query",
                () -> memory(query, open(query, b -> ValuesReader.OpenValues.of(b, dimension))),
                (sql, memory) -> {
                    int complete = state.sites().completeFrom(site);
                    Optional<DaySpan> days = DataExtent.of(sql, site.id()).days(sql, site, query.period(), complete);
                    if (days.isEmpty()) {
                        return Optional.empty();
                    }
                    ValuesReader values =
                            new ValuesReader(sql, query, site, dimension, days.get(), scan(sql, memory), memory.open());
                    return values.useless(complete) ? Optional.empty() : Optional.of(values.run());
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

    /**
     * What memory knows at the moment at which a snapshot begins.
     *
     * @param open of days that are ahead of what is stored
     */
    private record Memory<T>(List<T> open, Segments segments) {}

    private <T> Memory<T> memory(Query query, List<T> open) {
        return new Memory<>(open, state.segments(query.siteId(), query.period()));
    }

    private SiteScan scan(StatementCache sql, Memory<?> memory) {
        return new SiteScan(sql, memory.segments(), kept);
    }
}
