package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Period;
import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.internal.calendar.HitOffsets;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.BlockReader;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.Pack;
import io.millrace.storage.sqlite.internal.pack.PackSegment;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.pack.VisitBlock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Where the visits of a site are that have a hit or their start in a period: packs, and rows where they are newer. Each visit
 * is in one of the segments, once.
 */
public final class Segments {
    /** Far outside of anything stored, far inside of what a long can add to. */
    private static final long END_OF_TIME = 1L << 52;

    /** What a question may hold at least of visits that are not packed, in bytes; else a quarter of the cache of columns. */
    private static final long LEAST_UNPACKED = 1L << 20;

    /** Whatever is stored. */
    public static final Period ALWAYS = new Period(-END_OF_TIME, END_OF_TIME);

    private final int siteId;
    private final Period period;
    private final HitOffsets offsets;
    private final long from;
    private final long to;
    private final PackedDays.View view;

    private Segments(int siteId, Period period, HitOffsets offsets, PackedDays.View view) {
        this.siteId = siteId;
        this.period = period;
        this.offsets = offsets;
        this.from = from(period, offsets);
        this.to = to(period, offsets);
        this.view = view;
    }

    private static long from(Period period, HitOffsets offsets) {
        return Math.max(-END_OF_TIME, Math.min(END_OF_TIME, period.from())) - offsets.after();
    }

    private static long to(Period period, HitOffsets offsets) {
        return Math.max(-END_OF_TIME, Math.min(END_OF_TIME, period.to())) + offsets.before();
    }

    static Segments of(int siteId, Period period, HitOffsets offsets, PackedDays packs) {
        int first = PackedDays.dayOf(from(period, offsets));
        int last = PackedDays.dayOf(to(period, offsets));
        return new Segments(siteId, period, offsets, packs.view(siteId, first, last));
    }

    static Segments toCheck(SiteDays.Day day, SiteTable sites, HitOffsets offsets, PackedDays packs) {
        boolean packsOnly = sites.kept(day.siteId()).packsOnly(day.from());
        return packsOnly ? of(day.siteId(), day.period(), offsets, packs) : ofRows(day, offsets);
    }

    /** Those of rows alone, whatever there is in packs. */
    private static Segments ofRows(SiteDays.Day day, HitOffsets offsets) {
        int first = PackedDays.dayOf(from(day.period(), offsets));
        int last = PackedDays.dayOf(to(day.period(), offsets));
        Set<Integer> days = IntStream.rangeClosed(first, last).boxed().collect(Collectors.toSet());
        return new Segments(day.siteId(), day.period(), offsets, new PackedDays.View(days, Map.of()));
    }

    /** The same for a part of the period. */
    public Segments within(Period part) {
        return new Segments(siteId, part, offsets, view);
    }

    /** Whose visits they are. */
    public int siteId() {
        return siteId;
    }

    /** The segments, of that snapshot. */
    public List<Segment> open(StatementCache sql, ColumnCache cache) throws SQLException {
        int first = PackedDays.dayOf(from);
        int last = PackedDays.dayOf(to);
        Roaring64Bitmap changed = view.changed(first, last);
        LongPredicate newer = changed::contains;
        List<Segment> segments = new ArrayList<>();
        AtomicLong room = room(cache);
        for (Pack pack : PackTable.list(sql, siteId, first, last)) {
            boolean apart = pack.latest() < period.from() || pack.earliest() >= period.to();
            if (!apart && !view.rowsOnly().contains(pack.day())) {
                segments.add(new PackSegment(sql, pack, cache, room, any(changed, pack) ? newer : null));
            }
        }
        Unpacked unpacked = new Unpacked(segments, cache);
        unpacked.visits(sql, changed);
        for (int day : view.rowsOnly()) {
            long begin = Math.max(from, PackedDays.startOf(day));
            long end = Math.min(to, PackedDays.startOf(day + 1));
            for (long at = begin; at < end; ) {
                long next = BlockReader.endOfSlab(sql, siteId, at, end, BlockReader.VISITS_A_SLAB);
                unpacked.add(BlockReader.started(sql, siteId, at, next, period.from()));
                at = next;
            }
        }
        return segments;
    }

    /**
     * Takes visits out of rows, as many as there is room for: 16 MB are about 150,000 visits, which take some seconds to read. After
     * an import, or when packing is far behind, there may be many more.
     */
    private static final class Unpacked {
        private final List<Segment> into;
        private long room;

        Unpacked(List<Segment> into, ColumnCache cache) {
            this.into = into;
            this.room = cache == ColumnCache.NONE ? Long.MAX_VALUE : Math.max(LEAST_UNPACKED, cache.most() / 4);
        }

        void visits(StatementCache sql, Roaring64Bitmap ids) throws SQLException {
            List<Long> some = new ArrayList<>();
            for (LongIterator each = ids.getLongIterator(); each.hasNext(); ) {
                some.add(each.next());
                if (some.size() == BlockReader.VISITS_A_SLAB || !each.hasNext()) {
                    add(BlockReader.visits(sql, some));
                    some.clear();
                }
            }
        }

        void add(Collection<VisitBlock> blocks) {
            for (VisitBlock block : blocks) {
                into.add(block.frozen());
                room -= block.bytes();
            }
            if (room < 0) {
                throw new StorageException(
                        StorageException.Kind.NOT_READY,
                        "most visits of this period are not packed yet, which is under way: ask again in a minute,"
                                + " or for a shorter period");
            }
        }
    }

    /**
     * Segments, of that snapshot, that have these visits and no others, whenever they were.
     *
     * @param visits of the site, that started in the period
     */
    public List<Segment> of(Roaring64Bitmap visits, StatementCache sql, ColumnCache cache) throws SQLException {
        int first = PackedDays.dayOf(from);
        int last = PackedDays.dayOf(to);
        Roaring64Bitmap changed = view.changed(first, last);
        List<Segment> segments = new ArrayList<>();
        AtomicLong room = room(cache);
        for (Pack pack : PackTable.list(sql, siteId, first, last)) {
            if (any(visits, pack) && !view.rowsOnly().contains(pack.day())) {
                segments.add(
                        new PackSegment(sql, pack, cache, room, id -> !visits.contains(id) || changed.contains(id)));
            }
        }
        changed.and(visits);
        if (!view.rowsOnly().isEmpty()) {
            changed.or(rowsOnly(visits, sql));
        }
        new Unpacked(segments, cache).visits(sql, changed);
        return segments;
    }

    /** What columns one question may hold beside the cache, in bytes; it begins. */
    private static AtomicLong room(ColumnCache cache) {
        cache.asked();
        return new AtomicLong(cache.most() * 3 / 4);
    }

    /** Those of some visits that started on days of which only the rows are right. */
    private Roaring64Bitmap rowsOnly(Roaring64Bitmap visits, StatementCache sql) throws SQLException {
        Roaring64Bitmap found = new Roaring64Bitmap();
        sql.each(
                "SELECT id, started_at FROM sessions WHERE id IN (SELECT value FROM json_each(?))",
                row -> {
                    if (view.rowsOnly().contains(PackedDays.dayOf(row.getLong(2)))) {
                        found.addLong(row.getLong(1));
                    }
                },
                SqlJson.array(visits));
        return found;
    }

    private static boolean any(Roaring64Bitmap changed, Pack pack) {
        LongIterator next = changed.getLongIteratorFrom(pack.firstId());
        return next.hasNext() && next.next() <= pack.lastId();
    }
}
