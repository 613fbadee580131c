package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Property;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts events and their visitors by key, or by the value of one key. An event has several keys and counts for each, but once
 * for what lies beyond the limit, so that is counted when it is known. For one question.
 */
public final class PropertyCount {
    private final IntsPool pool;
    private final Selection selection;
    private final PropertyLabels labels;
    private final List<? extends Segment> segments;
    private int[] events = new int[16];
    private int[] visitors = new int[16];
    private int[] lastVisitor = new int[16];

    private PropertyCount(IntsPool pool, Selection selection, PropertyLabels labels, List<? extends Segment> segments) {
        this.pool = pool;
        this.selection = selection;
        this.labels = labels;
        this.segments = segments;
    }

    /** Answers a query. */
    public static Report run(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            PropertyQuery query,
            List<? extends Segment> segments)
            throws SQLException {
        List<Filter> filters = new ArrayList<>(query.filters());
        filters.add(Filter.isNot(Dimension.EVENT, "")); // page views have no properties
        Query events = Query.totals(query.siteId(), query.period(), ZoneOffset.UTC, Metric.EVENTS)
                .where(filters)
                .by(new Property(""), 0);
        PropertyLabels labels = new PropertyLabels(query.key());
        Selection selection = Selection.of(sql, tuples, List.of(events), labels);
        return new PropertyCount(pool, selection, labels, segments).report(query.limit());
    }

    private Report report(int limit) throws SQLException {
        count(null);
        List<Integer> order = IntStream.rangeClosed(1, labels.size())
                .filter(label -> events(label) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(label -> -events[label])
                        .thenComparing(labels::text))
                .toList();
        int shown = limit == 0 ? order.size() : Math.min(limit, order.size());
        List<Report.Row> rows = new ArrayList<>();
        for (int label : order.subList(0, shown)) {
            rows.add(row(labels.text(label), label));
        }
        if (shown < order.size()) {
            BitSet rest = new BitSet();
            order.subList(shown, order.size()).forEach(rest::set);
            count(rest);
            rows.add(row(null, 0));
        }
        return new Report(List.copyOf(rows), order.size());
    }

    private int events(int label) {
        return label < events.length ? events[label] : 0;
    }

    private Report.Row row(String text, int label) {
        return new Report.Row(Arrays.asList(text), List.of((long) events[label], (long) visitors[label]));
    }

    /** @param rest labels that count together, as 0, and alone; null: each counts for itself */
    private void count(BitSet rest) throws SQLException {
        Passage.run(pool, selection, false, segments, gathered -> {
            Gathered.Parts hits = gathered.hits;
            int[] order = gathered.byVisitor();
            for (int o = 0; o < gathered.visits(); o++) {
                int visitor = gathered.visitor.values[order[o]];
                for (int hit = hits.begin(order[o]); hit < hits.end.values[order[o]]; hit++) {
                    int combination = hits.hitValues[0].values[hit];
                    if (hits.events.values[hit] != 0 && combination != 0) {
                        count(combination, visitor, rest);
                    }
                }
            }
        });
    }

    private void count(int combination, int visitor, BitSet rest) {
        for (int i = 0; i < labels.count(combination); i++) {
            int label = labels.label(combination, i);
            if (rest == null) {
                add(label, visitor);
            } else if (rest.get(label)) {
                add(0, visitor);
                return;
            }
        }
    }

    private void add(int label, int visitor) {
        if (label >= events.length) {
            events = Arrays.copyOf(events, label * 2);
            visitors = Arrays.copyOf(visitors, label * 2);
            lastVisitor = Arrays.copyOf(lastVisitor, label * 2);
        }
        events[label]++;
        if (lastVisitor[label] != visitor) {
            lastVisitor[label] = visitor;
            visitors[label]++;
        }
    }
}
