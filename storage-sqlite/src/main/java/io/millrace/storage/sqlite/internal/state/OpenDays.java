package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Bounds;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.BlockReader;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.pack.VisitBlock;
import io.millrace.storage.sqlite.internal.rollup.CountedDay;
import io.millrace.storage.sqlite.internal.rollup.DayRewrite;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.DayRollupRows;
import io.millrace.storage.sqlite.internal.rollup.HitFact;
import io.millrace.storage.sqlite.internal.rollup.Recount;
import io.millrace.storage.sqlite.internal.rollup.StatsRows;
import io.millrace.storage.sqlite.internal.rollup.VisitFact;
import io.millrace.storage.sqlite.internal.rollup.VisitorSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The roll-ups of the days that are being written to. The store thread changes them, within the gate and after the
 * commit that they follow; readers look at them within the gate.
 *
 * <p>A day whose roll-up is ahead of what is stored is called dirty, and stands in the table open_days, so that it is
 * counted anew after a crash.
 *
 * <p>They are bounded in bytes ({@link KeptDays}): days that are not written to go first, then the sets of visitors of quarters of an hour that are over,
 * then the values of the dimensions that take the most, which are left to the rows. The set of a day and that of the running
 * quarter stay, because each batch asks them: a bit a visitor or less, where many come.
 */
public final class OpenDays {
    private static final int CROSSING_PART = 8;
    private static final long QUARTERS_AT_ONCE = 1 << 20;

    private static final String DAYS_BEFORE =
            "SELECT time, 0 FROM page_views WHERE session_id = ?1 UNION ALL SELECT time, 1 FROM events WHERE"
                    + " session_id = ?1";

    private final SiteTable sites;
    private final HitOffsetsTable offsets;
    private final PackedDays packs;
    private final int capacity;
    private final KeptDays kept;
    private final CrossingVisits crossing;
    private final UncountedDays uncounted;

    @Fixed("taken after each transaction")
    private Map<Long, Integer> capped = new HashMap<>();

    private Pending pending = new Pending();

    /** What the running transaction will do to them once it has committed. */
    @Fixed("what the running transaction changes")
    private static final class Pending {
        private final Set<Long> touched = new HashSet<>();
        private final Map<Long, DayRollup> loaded = new HashMap<>();
        private final Map<Long, RoaringBitmap> newVisitors = new HashMap<>();
        private final List<DayRollup> saved = new ArrayList<>();
        private final List<Quarter> leaving = new ArrayList<>();
        private final Map<Quarter, VisitorSet> comingBack = new HashMap<>();
        private final List<Long> dropped = new ArrayList<>();
        private Collection<VisitFact> visits = List.of();
        private final List<Replaced> replaced = new ArrayList<>();
    }

    /** Of a day what some visitors had in it, and what they have now. */
    private record Replaced(long key, DayRollup out, DayRollup in) {}

    /** What some visitors have in some days of a site; null: of a day that is to be counted as a whole. */
    public record Part(Site site, Collection<Integer> visitors, Map<Integer, Recount> days) {}

    /** One of a day's quarters of an hour. */
    private record Quarter(DayRollup day, int number) {}

    /**
     * @param capacity values of one dimension and day at most
     * @param most days kept at most
     * @param bytes what it may hold
     */
    OpenDays(SiteTable sites, HitOffsetsTable offsets, PackedDays packs, int capacity, int most, long bytes) {
        this.sites = sites;
        this.packs = packs;
        this.offsets = offsets;
        this.capacity = capacity;
        this.uncounted = new UncountedDays(sites);
        this.crossing = new CrossingVisits(bytes / CROSSING_PART);
        this.kept = new KeptDays(most, bytes - crossing.limit());
    }

    /** Registers what is kept of what strangers send. */
    public void register(Bounds bounds) {
        kept.register(bounds);
        bounds.add("storage_crossing_visits", crossing.limit(), crossing::held);
    }

    /** The days by key, for readers; look within the gate only. */
    public Map<Long, DayRollup> byKey() {
        return kept.byKey();
    }

    /**
     * Counts the days anew that a crash left open. Those whose visits were pruned stay as they were stored: the late events
     * of the last moment are missing there.
     */
    void open(StatementCache sql) throws SQLException {
        crossing.open(sql);
        uncounted.open(sql);
        List<SiteDays.Day> open = new ArrayList<>();
        sql.each("SELECT site_id, day FROM open_days", row -> {
            if (row.getInt(2) >= sites.completeFrom(row.getInt(1))) {
                open.add(SiteDays.of(sites.get(row.getInt(1)), row.getInt(2)));
            }
        });
        for (SiteDays.Day day : open) {
            DayRollup rollup = Recount.of(sql, day, segments(sql, day), capacity).rollup;
            rollup.dirty = true;
            kept.add(rollup);
            kept.keepBound();
        }
    }

    /**
     * Prepares for a batch: loads the days that it touches, says so in the database, and finds visits that cross
     * midnight. Call before the batch's hits are written.
     *
     * @return how many visitors each site's day has not seen before
     */
    public Map<Long, Integer> prepare(StatementCache sql, Collection<VisitFact> batch) throws SQLException {
        Map<Long, Integer> fresh = new HashMap<>();
        for (VisitFact visit : batch) {
            cross(sql, visit);
            touch(sql, visit.siteId, visit.startDay);
            if (visit.hitsBefore != null && visit.moved()) {
                for (int day : visit.hitsBefore.keySet()) {
                    touch(sql, visit.siteId, day);
                }
            }
            for (HitFact hit : visit.hits) {
                DayRollup rollup = touch(sql, visit.siteId, hit.day());
                comeBack(sql, rollup, hit.quarter());
                long key = SiteDayKey.siteDay(visit.siteId, hit.day());
                if (!rollup.visitors.contains(visit.visitorId)
                        && pending.newVisitors
                                .computeIfAbsent(key, k -> new RoaringBitmap())
                                .checkedAdd(visit.visitorId)) {
                    fresh.merge(key, 1, Integer::sum);
                }
            }
        }
        pending.visits = batch;
        return fresh;
    }

    private void comeBack(StatementCache sql, DayRollup rollup, int quarter) throws SQLException {
        if (!rollup.storedQuarters.contains(quarter)) {
            return;
        }
        Quarter key = new Quarter(rollup, quarter);
        if (!pending.comingBack.containsKey(key)) {
            pending.comingBack.put(key, DayRollupRows.quarter(sql, rollup.siteId, quarter));
        }
    }

    /** Finds out which days the visit had hits on before, where they may be several. */
    private void cross(StatementCache sql, VisitFact visit) throws SQLException {
        long id = visit.after.id();
        boolean crosses = crossing.contains(sql, id);
        if (crosses && !visit.opened()) {
            visit.hitsBefore = hitsByDay(sql, visit.siteId, id);
        }
        if (!crosses && onAnotherDay(visit)) {
            crossing.add(sql, id);
        }
    }

    private static boolean onAnotherDay(VisitFact visit) {
        for (HitFact hit : visit.hits) {
            if (hit.day() != visit.startDay) {
                return true;
            }
        }
        return false;
    }

    private Map<Integer, int[]> hitsByDay(StatementCache sql, int siteId, long visitId) throws SQLException {
        Map<Integer, int[]> days = new HashMap<>();
        Site site = sites.get(siteId);
        sql.each(
                DAYS_BEFORE,
                row -> days.computeIfAbsent(site.dayOf(row.getLong(1)), d -> new int[2])[row.getInt(2)]++,
                visitId);
        return days;
    }

    private DayRollup touch(StatementCache sql, int siteId, int day) throws SQLException {
        long key = SiteDayKey.siteDay(siteId, day);
        pending.touched.add(key);
        uncounted.touch(key);
        if (uncounted.contains(key)) {
            rewrite(sql, SiteDays.of(sites.get(siteId), day));
        }
        DayRollup rollup = find(sql, key);
        if (!rollup.dirty && pending.loaded.putIfAbsent(key, rollup) == null) {
            sql.run("INSERT OR IGNORE INTO open_days (site_id, day) VALUES (?, ?)", siteId, day);
        }
        return rollup;
    }

    private DayRollup find(StatementCache sql, long key) throws SQLException {
        DayRollup rollup = kept.get(key);
        if (rollup == null) {
            rollup = pending.loaded.get(key);
        }
        if (rollup == null) {
            boolean rowsComplete = SiteDayKey.day(key) >= sites.completeFrom(SiteDayKey.site(key));
            SiteDays.Day day = SiteDays.of(sites.get(SiteDayKey.site(key)), SiteDayKey.day(key));
            rollup = DayRollupRows.load(sql, day, capacity, rowsComplete);
            rollup.unfold();
        }
        return rollup;
    }

    /** Within a batch's transaction, when it is prepared: stores days that are too many, least lately used first. */
    public void saveSurplus(StatementCache sql) throws SQLException {
        long bytes = kept.surplusBytes();
        for (DayRollup rollup : kept.surplus(pending.touched)) {
            bytes -= rollup.bytes();
            if (rollup.dirty) {
                save(sql, rollup);
            }
            pending.dropped.add(SiteDayKey.siteDay(rollup.siteId, rollup.day));
        }
        if (bytes > 0) {
            saveQuarters(sql, Math.min(bytes, QUARTERS_AT_ONCE));
        }
    }

    /**
     * Stores sets of quarters that the batch does not touch, until there is room for so many bytes; a megabyte at a time, so that
     * who sends late events in no order makes few large ones come and go.
     */
    private void saveQuarters(StatementCache sql, long bytes) throws SQLException {
        Set<Integer> inUse = new HashSet<>();
        pending.visits.forEach(visit -> visit.hits.forEach(hit -> inUse.add(hit.quarter())));
        long left = bytes;
        for (DayRollup day : kept.those(pending.touched)) {
            for (Map.Entry<Integer, VisitorSet> entry : day.quarters.entrySet()) {
                if (left > 0 && !inUse.contains(entry.getKey())) {
                    left -= DayRollup.VALUE_BYTES
                            + DayRollupRows.saveQuarter(sql, day.siteId, entry.getKey(), entry.getValue());
                    pending.leaving.add(new Quarter(day, entry.getKey()));
                }
            }
        }
    }

    /** Within a transaction: from now on, the roll-ups of a site's days are to be counted anew, as in another time zone. */
    public void recountAll(StatementCache sql, int siteId, DaySpan span) throws SQLException {
        for (DayRollup day : kept.dirty()) {
            if (day.siteId == siteId) {
                DayRollupRows.saveQuarters(sql, day);
            }
        }
        for (int day = span.first(); day <= span.last(); day++) {
            uncounted.add(sql, siteId, day);
        }
        sql.run("DELETE FROM open_days WHERE site_id = ?", siteId);
        dropSite(siteId);
    }

    /**
     * A day to be counted beside the store thread: all of it, or a dimension that only its rows have now that it is closed; null
     * where there is none. {@link #untouchedSince} ends it.
     */
    public UncountedDay toCount(StatementCache sql) throws SQLException {
        return uncounted.next(sql, key -> {
            DayRollup open = kept.get(key);
            return open != null && open.dirty;
        });
    }

    /** Whether nothing has happened to the day since it was handed out by {@link #toCount}, which is over with this. */
    public boolean untouchedSince(UncountedDay day) {
        return uncounted.untouchedSince(day);
    }

    /** Within a transaction: stores what was counted of a day. */
    public void save(StatementCache sql, UncountedDay day, CountedDay counted) throws SQLException {
        counted.save(sql);
        if (day.dimension() == null) {
            uncounted.counted(sql, day.day());
        }
        pending.dropped.add(day.day().key());
    }

    /** Values of one dimension and day at most. */
    public int capacity() {
        return capacity;
    }

    /** Within a transaction: counts what only the rows have of a site's days before one, whose rows will go. */
    public void countBefore(StatementCache sql, Site site, int day) throws SQLException {
        for (SiteDays.Day each : uncounted.before(site, day)) {
            rewrite(sql, each);
        }
        for (UncountedDay each : UncountedDays.cappedBefore(sql, site, day)) {
            each.count(sql, segments(sql, each.day()), capacity).save(sql);
        }
        kept.byKey().values().stream()
                .filter(open -> open.siteId == site.id() && open.day < day)
                .forEach(open -> drop(SiteDayKey.siteDay(open.siteId, open.day)));
    }

    private void drop(long key) {
        pending.dropped.add(key);
        uncounted.touch(key);
    }

    /** Within a transaction: stores a day that is ahead of what is stored. */
    public void save(StatementCache sql, DayRollup rollup) throws SQLException {
        DayRollupRows.save(sql, rollup);
        pending.saved.add(rollup);
    }

    /** What there is of a day now, on the store thread. */
    private List<Segment> segments(StatementCache sql, SiteDays.Day day) throws SQLException {
        return Segments.of(day.siteId(), day.period(), offsets.get(), packs).open(sql, ColumnCache.NONE);
    }

    /** Within a transaction: writes every roll-up of a day anew, as its visits say. */
    public void rewrite(StatementCache sql, SiteDays.Day day) throws SQLException {
        rewrite(sql, day, segments(sql, day));
    }

    /** The same, out of nothing that is derived, where there are rows still. */
    public void repair(StatementCache sql, SiteDays.Day day) throws SQLException {
        DayRewrite.fixCounts(sql, day);
        rewrite(sql, day, Segments.toCheck(day, sites, offsets.get(), packs).open(sql, ColumnCache.NONE));
    }

    private void rewrite(StatementCache sql, SiteDays.Day day, List<Segment> segments) throws SQLException {
        DayRewrite.rewrite(sql, day, segments, capacity);
        uncounted.counted(sql, day);
        drop(day.key());
    }

    /**
     * Within a transaction, before visits are changed otherwise than by a batch: counts what their visitors have in the days that they have
     * hits on, so that {@link #replace} can take it for what they have then.
     */
    public Part part(StatementCache sql, Site site, Collection<Integer> days, Collection<Integer> visitors)
            throws SQLException {
        Map<Integer, Recount> parts = new TreeMap<>();
        for (int day : days) {
            SiteDays.Day each = SiteDays.of(site, day);
            if (sites.kept(site.id()).packsOnly(each.from())) {
                parts.put(day, null); // packs alone may have others of their visits
            } else if (day >= sites.completeFrom(site)) {
                touch(sql, site.id(), day);
                parts.put(day, recount(sql, each, visitors));
            }
        }
        return new Part(site, visitors, parts);
    }

    /** Within the same transaction, when visits are changed. */
    public void replace(StatementCache sql, Part part) throws SQLException {
        for (Map.Entry<Integer, Recount> entry : part.days.entrySet()) {
            SiteDays.Day day = SiteDays.of(part.site, entry.getKey());
            Recount out = entry.getValue();
            if (out == null) {
                rewrite(sql, day);
                continue;
            }
            Recount in = recount(sql, day, part.visitors);
            StatsRows.replace(sql, day, out, in);
            DayRollup rollup = find(sql, day.key());
            for (int quarter : out.rollup.quarters.keySet()) {
                comeBack(sql, rollup, quarter);
            }
            for (int quarter : in.rollup.quarters.keySet()) {
                comeBack(sql, rollup, quarter);
            }
            pending.replaced.add(new Replaced(day.key(), out.rollup, in.rollup));
        }
        saveSurplus(sql);
    }

    /** A day of which there are no visits but of these visitors, out of their rows. */
    private Recount recount(StatementCache sql, SiteDays.Day day, Collection<Integer> visitors) throws SQLException {
        List<Long> visits = StatementCache.list(
                sql.bind(
                        "SELECT id FROM sessions INDEXED BY sessions_by_visitor WHERE visitor_id IN"
                                + " (SELECT value FROM json_each(?)) AND started_at >= ? AND started_at < ?",
                        SqlJson.array(visitors),
                        day.from() - offsets.get().after(),
                        day.to() + offsets.get().before()),
                row -> row.getLong(1));
        List<Segment> segments =
                BlockReader.visits(sql, visits).stream().map(VisitBlock::frozen).toList();
        return Recount.of(sql, day, segments, Integer.MAX_VALUE);
    }

    /** Within a transaction: a visit has hits on several days. */
    public void crosses(StatementCache sql, long visitId) throws SQLException {
        crossing.add(sql, visitId);
    }

    /** Within a transaction: forgets the days of a site. */
    public void dropSite(int siteId) {
        kept.byKey().keySet().stream()
                .filter(key -> SiteDayKey.site(key) == siteId)
                .forEach(this::drop);
        uncounted.touchSite(siteId);
    }

    /** The store thread's time, by which days that are not used are known. */
    public void now(long utcMillis) {
        kept.now(utcMillis);
    }

    /** A day that has not been used since, of the store thread's time, and is ahead of what is stored; or null. */
    public DayRollup idleSince(long millis) {
        return kept.idleSince(millis);
    }

    /** All days that are ahead of what is stored. */
    public List<DayRollup> dirty() {
        return kept.dirty();
    }

    /** How many values were counted as {@code (other)} since this was last asked, by site and day. */
    public Map<Long, Integer> takeCapped() {
        Map<Long, Integer> taken = capped;
        capped = new HashMap<>();
        return taken;
    }

    void commit() {
        pending.saved.forEach(rollup -> rollup.dirty = false);
        pending.dropped.forEach(kept::remove);
        pending.loaded.values().forEach(kept::add);
        pending.leaving.forEach(quarter -> quarter.day().leave(quarter.number()));
        pending.comingBack.forEach((quarter, set) -> quarter.day().takeBack(quarter.number(), set));
        pending.leaving.stream().map(Quarter::day).distinct().forEach(DayRollup::measure);
        crossing.commit();
        uncounted.commit();
        for (VisitFact visit : pending.visits) {
            apply(visit);
        }
        for (Replaced each : pending.replaced) {
            kept.use(each.key).replace(each.out, each.in);
        }
        kept.keepBound();
        rollback();
    }

    void rollback() {
        crossing.rollback();
        uncounted.rollback();
        pending = new Pending();
    }

    private void apply(VisitFact visit) {
        use(visit.siteId, visit.startDay).visit(visit);
        if (visit.moved()) {
            move(visit);
        }
        for (int i = 0; i < visit.hits.size(); i++) {
            HitFact hit = visit.hits.get(i);
            DayRollup rollup = use(visit.siteId, hit.day());
            rollup.hit(hit);
            if (firstOfDay(visit.hits, i)) {
                hitsOfDay(rollup, visit);
            }
        }
    }

    /** Counts all hits of a day of a visit at once. */
    private static void hitsOfDay(DayRollup rollup, VisitFact visit) {
        int pageViews = 0;
        int events = 0;
        for (HitFact hit : visit.hits) {
            if (hit.day() == rollup.day) {
                pageViews += hit.page() ? 1 : 0;
                events += hit.page() ? 0 : 1;
            }
        }
        int[] before = visit.hitsBefore(rollup.day);
        rollup.hits(visit, pageViews, events, before[0] + before[1] == 0);
    }

    private static boolean firstOfDay(List<HitFact> hits, int at) {
        for (int i = 0; i < at; i++) {
            if (hits.get(i).day() == hits.get(at).day()) {
                return false;
            }
        }
        return true;
    }

    private void move(VisitFact visit) {
        Collection<Integer> days = visit.hitsBefore == null ? List.of(visit.startDay) : visit.hitsBefore.keySet();
        for (int day : days) {
            int[] hits = visit.hitsBefore(day);
            use(visit.siteId, day).move(visit, hits[0], hits[1]);
        }
    }

    private DayRollup use(int siteId, int day) {
        long key = SiteDayKey.siteDay(siteId, day);
        DayRollup rollup = kept.use(key);
        int n = rollup.takeCapped();
        if (n > 0) {
            capped.merge(key, n, Integer::sum);
        }
        return rollup;
    }
}
