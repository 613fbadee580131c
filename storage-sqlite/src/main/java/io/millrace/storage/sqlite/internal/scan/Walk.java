package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Dimension;
import io.millrace.engine.Query;
import io.millrace.engine.spi.StorageReader;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.Longs;
import io.millrace.storage.sqlite.internal.numbers.SlotMap;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Shows the page views that a query selects, visitor by visitor, each visitor's by time. For one worker. */
public final class Walk implements Passage.Step {
    private static final int VISITS_A_SLICE = 1 << 10;

    private final StatementCache sql;
    private final StorageReader.Walk to;
    private Gathered gathered;
    private final SlotMap paths = new SlotMap();

    /** Each text is read once: there are few paths and many page views. */
    private final List<String> texts = new ArrayList<>();

    private int[] hits = new int[16];

    private Walk(StatementCache sql, StorageReader.Walk to) {
        this.sql = sql;
        this.to = to;
    }

    /**
     * Shows them to several, each of whom is shown all of some visitors.
     *
     * @param query whose page views are shown; its dimensions and metrics do not matter
     */
    public static <W extends StorageReader.Walk> List<W> run(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            Query query,
            List<? extends Segment> segments,
            Supplier<W> walks)
            throws SQLException {
        Selection selection = Selection.of(sql, tuples, List.of(query.by(Dimension.PAGE, 0)));
        List<W> all = Collections.synchronizedList(new ArrayList<>());
        Passage.share(pool, selection, true, segments, lease -> {
            W walk = walks.get();
            all.add(walk);
            return new Walk(sql, walk);
        });
        return all;
    }

    @Override
    public void take(Gathered selected) throws SQLException {
        gathered = selected;
        int[] order = gathered.byVisitor();
        int[] visitor = gathered.visitor.values;
        for (int begin = 0; begin < gathered.visits(); ) {
            int end = begin;
            int n = 0;
            while (end < gathered.visits() && visitor[order[end]] == visitor[order[begin]]) {
                n = pageViews(order[end++], n);
            }
            sort(n);
            if (begin / VISITS_A_SLICE != end / VISITS_A_SLICE) {
                gathered.courtesy.offer();
            }
            for (int i = 0; i < n; i++) {
                to.page(i == 0, path(gathered.hits.hitValues[0].values[hits[i]]));
            }
            begin = end;
        }
    }

    /** Adds the page views of a visit to {@code hits}. */
    private int pageViews(int visit, int before) {
        int n = before;
        for (int hit = gathered.hits.begin(visit); hit < gathered.hits.end.values[visit]; hit++) {
            if (gathered.hits.pageViews.values[hit] != 0) {
                hits = n == hits.length ? Arrays.copyOf(hits, n * 2) : hits;
                hits[n++] = hit;
            }
        }
        return n;
    }

    /** Puts a visitor's hits in the order of time; they are mostly, because visits come by the days that they started on. */
    private void sort(int n) {
        Longs times = gathered.hitTimes;
        Longs visits = gathered.hitVisits;
        for (int i = 1; i < n; i++) {
            long step = times.get(hits[i]) - times.get(hits[i - 1]);
            if (step < 0 || step == 0 && visits.get(hits[i]) < visits.get(hits[i - 1])) {
                hits = Arrays.stream(hits, 0, n)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingLong(times::get).thenComparingLong(visits::get))
                        .mapToInt(Integer::intValue)
                        .toArray();
                return;
            }
        }
    }

    private String path(int number) throws SQLException {
        int slot = paths.slot(number);
        if (slot == texts.size()) {
            synchronized (sql) {
                try (ResultSet row =
                        sql.bind("SELECT text FROM texts WHERE id = ?", number).executeQuery()) {
                    texts.add(row.next() ? row.getString(1) : "");
                }
            }
        }
        return texts.get(slot);
    }
}
