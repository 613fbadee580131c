package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.Period;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.BlockReader;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Where the visits of a site are that have a hit or their start in a period: packs, and rows where they are newer. Each visit
 * is in one of the segments, once.
 */
final class Segments {
    /** Far outside of anything stored, far inside of what a long can add to. */
    private static final long END_OF_TIME = 1L << 52;

    private final int siteId;
    private final Period period;
    private final long from;
    private final long to;
    private final PackedDays.View view;

    private Segments(int siteId, Period period, long from, long to, PackedDays.View view) {
        this.siteId = siteId;
        this.period = period;
        this.from = from;
        this.to = to;
        this.view = view;
    }

    /** What memory knows of where they are, at the moment at which a snapshot begins: within the gate. */
    static Segments of(int siteId, Period period, CommittedState state) {
        HitOffsets offsets = state.offsets().get();
        long from = Math.max(-END_OF_TIME, Math.min(END_OF_TIME, period.from())) - offsets.after();
        long to = Math.max(-END_OF_TIME, Math.min(END_OF_TIME, period.to())) + offsets.before();
        return new Segments(
                siteId, period, from, to, state.packs().view(siteId, PackedDays.dayOf(from), PackedDays.dayOf(to)));
    }

    /** The segments, of that snapshot. */
    List<Segment> open(StatementCache sql, ColumnCache cache) throws SQLException {
        Roaring64Bitmap changed = view.changed();
        LongPredicate newer = changed::contains;
        List<Segment> segments = new ArrayList<>();
        for (Pack pack : PackTable.list(sql, siteId, PackedDays.dayOf(from), PackedDays.dayOf(to))) {
            boolean apart = pack.latest() < period.from() || pack.earliest() >= period.to();
            if (!apart && !view.rowsOnly().contains(pack.day())) {
                segments.add(new PackSegment(sql, pack, cache, any(changed, pack) ? newer : null));
            }
        }
        if (!changed.isEmpty()) {
            List<Long> ids = new ArrayList<>();
            changed.forEach(ids::add);
            segments.addAll(BlockReader.visits(sql, ids));
        }
        for (int day : view.rowsOnly()) {
            long begin = Math.max(from, PackedDays.startOf(day));
            long end = Math.min(to, PackedDays.startOf(day + 1));
            for (long at = begin; at < end; ) {
                long next = BlockReader.endOfSlab(sql, siteId, at, end, BlockReader.VISITS_A_SLAB);
                BlockReader.started(sql, siteId, at, next).forEach(block -> segments.add(block.frozen()));
                at = next;
            }
        }
        return segments;
    }

    private static boolean any(Roaring64Bitmap changed, Pack pack) {
        LongIterator next = changed.getLongIteratorFrom(pack.firstId());
        return next.hasNext() && next.next() <= pack.lastId();
    }
}
