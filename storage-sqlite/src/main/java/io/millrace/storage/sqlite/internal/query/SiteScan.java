package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Attribute;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Metric;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.history.FunnelCount;
import io.millrace.storage.sqlite.internal.history.RetentionCount;
import io.millrace.storage.sqlite.internal.history.VisitorWalk;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.scan.PropertyCount;
import io.millrace.storage.sqlite.internal.scan.Scan;
import io.millrace.storage.sqlite.internal.scan.SelectedVisits;
import io.millrace.storage.sqlite.internal.scan.TupleValues;
import io.millrace.storage.sqlite.internal.state.Segments;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What a site's visits say that no roll-up says, in one snapshot of the file and of memory: the only way from filters to figures.
 * For one question.
 */
final class SiteScan {
    /** What scans keep from question to question. */
    record Kept(ColumnCache columns, IntsPool pool, TupleValues tuples) {}

    /** How often a question is asked of a snapshot that it leaves: packs may be replaced while it reads them. */
    private static final int ATTEMPTS = 3;

    /** Whose snapshot is left when the segments are known; null: it is kept. */
    private final ReadConnections readers;

    private final StatementCache sql;
    private final Segments segments;
    private final Kept kept;

    /** Within one snapshot, whatever it takes. */
    SiteScan(StatementCache sql, Segments segments, Kept kept) {
        this(sql, segments, kept, null);
    }

    private SiteScan(StatementCache sql, Segments segments, Kept kept, ReadConnections readers) {
        this.readers = readers;
        this.sql = sql;
        this.segments = segments;
        this.kept = kept;
    }

    /** What is asked of a site's visits. */
    interface Question<T> {
        T ask(StatementCache sql, SiteScan scan) throws SQLException;
    }

    /** Asks, on a snapshot that is not kept for longer than the question needs it. */
    static <T> T ask(
            ReadConnections readers, String doing, Supplier<Segments> segments, Kept kept, Question<T> question) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return readers.read(
                        doing, segments, (sql, found) -> question.ask(sql, new SiteScan(sql, found, kept, readers)));
            } catch (StorageException e) {
                if (!PackSegment.gone(e)) {
                    throw e;
                }
            }
        }
        return readers.read(doing, segments, (sql, found) -> question.ask(sql, new SiteScan(sql, found, kept)));
    }

    /** The segments, for work that reads nothing but them and texts from here on, and takes its time. */
    List<Segment> open() throws SQLException {
        List<Segment> open = segments.open(sql, kept.columns());
        if (readers != null) {
            readers.leaveSnapshot(sql);
        }
        return open;
    }

    /** Answers queries of the segments' period that have their filters in common. */
    Map<Query, Report> reports(Collection<Query> queries) throws SQLException {
        return Scan.run(sql, kept.tuples(), kept.pool(), queries, open());
    }

    /** What {@link Scan#byNumber} says of a query of a part of the segments' period. */
    Map<Integer, Scan.Counted> byNumber(Query part, IntPredicate named) throws SQLException {
        Segments within = segments.within(part.period());
        return Scan.byNumber(sql, kept.tuples(), kept.pool(), part, within.open(sql, kept.columns()), named);
    }

    /** Figures that add up to those of roll-ups. */
    static Totals totals(Scan.Counted counted) {
        Totals totals = new Totals();
        totals.sessions = counted.metric(Metric.SESSIONS);
        totals.pageViews = counted.metric(Metric.PAGE_VIEWS);
        totals.bounces = counted.metric(Metric.BOUNCES);
        totals.duration = counted.metric(Metric.DURATION);
        totals.events = counted.metric(Metric.EVENTS);
        totals.engaged = counted.metric(Metric.ENGAGED);
        return totals;
    }

    /** Shows the page views that a query of the segments' period selects, and the events of a name, or null. */
    <W extends StorageReader.Walk> List<W> walk(Query query, String event, Supplier<W> walks) throws SQLException {
        return VisitorWalk.run(sql, kept.tuples(), kept.pool(), query, event, open(), walks);
    }

    /** Answers a query of the segments' period. */
    Report properties(PropertyQuery query) throws SQLException {
        return PropertyCount.run(sql, kept.tuples(), kept.pool(), query, open());
    }

    /** Answers a query of the segments' period. */
    FunnelCounts funnel(FunnelQuery query) throws SQLException {
        return FunnelCount.run(sql, kept.tuples(), kept.pool(), query, open());
    }

    /** Answers a query about visits of the segments' period, of which it is the end. */
    RetentionCounts retention(RetentionQuery query) throws SQLException {
        return RetentionCount.run(sql, kept.tuples(), kept.pool(), query, open());
    }

    /** Segments that have these visits and no others. */
    List<Segment> segments(Roaring64Bitmap visits) throws SQLException {
        return segments.of(visits, sql, kept.columns());
    }

    int siteId() {
        return segments.siteId();
    }

    /** Those of some visits that have a hit, at any time, that filters select. */
    Roaring64Bitmap selected(Roaring64Bitmap visits, List<Filter> filters) throws SQLException {
        return selected(visits, filters, false);
    }

    /** Those of some visits whose page views filters select, as long as nothing of a page view itself is asked for. */
    Roaring64Bitmap selectedByVisit(Roaring64Bitmap visits, List<Filter> filters) throws SQLException {
        return selected(
                visits, filters.stream().filter(f -> !ofPage(f.dimension())).toList(), true);
    }

    /** Whether page views of one visit may differ in it. */
    static boolean ofPage(Attribute attribute) {
        return attribute.kind() == Attribute.Kind.HIT && !attribute.ofEvents();
    }

    private Roaring64Bitmap selected(Roaring64Bitmap visits, List<Filter> filters, boolean pages) throws SQLException {
        Query query = Query.totals(0, Segments.ALWAYS, ZoneOffset.UTC, Metric.PAGE_VIEWS)
                .where(filters);
        return SelectedVisits.of(sql, kept.tuples(), kept.pool(), query, pages, segments(visits));
    }
}
