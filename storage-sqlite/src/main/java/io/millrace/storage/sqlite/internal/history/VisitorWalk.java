package io.millrace.storage.sqlite.internal.history;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.SlotMap;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.scan.Gathering;
import io.millrace.storage.sqlite.internal.scan.Passage;
import io.millrace.storage.sqlite.internal.scan.Selection;
import io.millrace.storage.sqlite.internal.scan.TupleValues;
import io.millrace.storage.sqlite.internal.scan.ValueSet;
import io.millrace.storage.sqlite.internal.scan.VisitSelector;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

/** Shows the page views that a query selects, and events of one kind, visitor by visitor, each visitor's by time. For one worker. */
public final class VisitorWalk<W extends StorageReader.Walk> implements Passage.Worker {
    private static final int VISITS_A_SLICE = 1 << 10;

    private final StatementCache sql;
    private final Selection selection;
    private final Period period;
    private final ValueSet events;
    private final Histories histories;
    private final W to;
    private final SlotMap paths = new SlotMap();
    private boolean newVisitor;

    private VisitorWalk(
            StatementCache sql, Selection selection, Period period, ValueSet events, IntsPool.Lease lease, W to) {
        this.sql = sql;
        this.selection = selection;
        this.period = period;
        this.events = events;
        this.histories = new Histories(lease);
        this.to = to;
    }

    /**
     * Shows them to several, each of whom is shown all of some visitors.
     *
     * @param query whose page views are shown; its dimensions and metrics do not matter
     * @param event the name of the events; null: none are shown
     */
    public static <W extends StorageReader.Walk> List<W> run(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            Query query,
            String event,
            List<? extends Segment> segments,
            Supplier<W> walks)
            throws SQLException {
        Selection selection = Selection.of(sql, tuples, query.by(Dimension.PAGE, 0), List.of());
        ValueSet events =
                event == null ? null : ValueSet.ofTexts(sql, Filter.is(Dimension.EVENT, Filter.exactly(event)));
        return Passage.<VisitorWalk<W>>share(
                        pool,
                        segments,
                        lease -> new VisitorWalk<>(sql, selection, query.period(), events, lease, walks.get()))
                .stream()
                .map(walk -> walk.to)
                .toList();
    }

    @Override
    public Gathering gathering() {
        return histories;
    }

    @Override
    public VisitSelector selector(Segment segment) {
        return new WalkSelector(segment, selection, period, events, histories);
    }

    @Override
    public void count() throws SQLException {
        int[] order = histories.byVisitor();
        int[] visitor = histories.visitor.values;
        for (int begin = 0; begin < histories.visits(); ) {
            int end = begin + 1;
            while (end < histories.visits() && visitor[order[end]] == visitor[order[begin]]) {
                end++;
            }
            show(order, begin, end);
            if (begin / VISITS_A_SLICE != end / VISITS_A_SLICE) {
                histories.courtesy.offer();
            }
            begin = end;
        }
    }

    /** Shows what a visitor did. */
    private void show(int[] order, int begin, int end) throws SQLException {
        newVisitor = true;
        histories.sort(order, begin, end);
        if (histories.overlap(order, begin, end)) {
            for (Histories.Hit hit : histories.byTime(order, begin, end)) {
                show(hit.place());
            }
        } else {
            for (int o = begin; o < end; o++) {
                for (int hit = histories.begin(order[o]); hit < histories.end.values[order[o]]; hit++) {
                    show(hit);
                }
            }
        }
    }

    private void show(int hit) throws SQLException {
        if (histories.steps.values[hit] != 0) {
            to.event(newVisitor);
        } else {
            int number = histories.hitValues.values[hit];
            int known = paths.size();
            int path = paths.slot(number);
            if (path == known) {
                to.path(path, text(number));
            }
            to.page(newVisitor, path);
        }
        newVisitor = false;
    }

    private String text(int number) throws SQLException {
        synchronized (sql) {
            try (ResultSet row =
                    sql.bind("SELECT text FROM texts WHERE id = ?", number).executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
