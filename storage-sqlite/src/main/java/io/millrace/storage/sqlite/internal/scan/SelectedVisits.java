package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Dimension;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.List;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Which visits have a hit that a query selects. */
public final class SelectedVisits {
    private SelectedVisits() {}

    /**
     * The numbers of the visits.
     *
     * @param query its dimensions and metrics do not matter
     * @param pages whether the hit has to be a page view
     */
    public static Roaring64Bitmap of(
            StatementCache sql,
            TupleValues tuples,
            IntsPool pool,
            Query query,
            boolean pages,
            List<? extends Segment> segments)
            throws SQLException {
        Selection selection = Selection.of(sql, tuples, List.of(query.by(Dimension.EVENT, 0)));
        Roaring64Bitmap visits = new Roaring64Bitmap();
        Passage.run(pool, selection, true, segments, gathered -> {
            for (int hit = 0; hit < gathered.hits.size(); hit++) {
                if (!pages || gathered.hits.pageViews.values[hit] != 0) {
                    visits.addLong(gathered.hitVisits.get(hit));
                }
            }
        });
        return visits;
    }
}
