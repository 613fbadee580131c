package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What the packs do not say yet: the days, in UTC, on which visits started whose rows are newer. A day that is not here is in packs
 * as it is. The store thread changes it; readers take a {@link View} within the gate.
 */
public final class PackedDays {
    private static final long DAY_MILLIS = 86_400_000;
    private static final int MEASURE_EVERY = 1 << 12;
    private static final int DAY_BYTES = 500;

    /** A day that is not all in packs. */
    private static final class Day {
        boolean rowsOnly;

        @Bounded("storage_unpacked")
        Roaring64Bitmap changed = new Roaring64Bitmap();

        /** Those of them that are being packed. */
        @Bounded("storage_unpacked")
        Roaring64Bitmap packing = new Roaring64Bitmap();

        long changedAt;

        /** How often visits of it were changed since they were handed out last. */
        int touches;
    }

    @Bounded("storage_unpacked")
    private final Map<Long, Day> days = new HashMap<>();

    @Fixed("what the running transaction changes")
    private final Map<Long, List<Long>> touched = new HashMap<>();

    @Fixed("what the running transaction changes")
    private final Map<Long, List<Long>> left = new HashMap<>();

    @Fixed("what the running transaction changes")
    private final Set<Long> opened = new HashSet<>();

    @Fixed("what the running transaction changes")
    private final Set<Long> closed = new HashSet<>();

    @Fixed("what the running transaction changes")
    private final Set<Long> overflown = new HashSet<>();

    private final SiteTable sites;
    private final long mostBytes;
    private int touches;
    private int touchesOfLargest;
    private volatile long held;
    private long removals;
    private long now;

    /** @param bytes what it may hold */
    PackedDays(SiteTable sites, long bytes) {
        this.sites = sites;
        mostBytes = bytes;
    }

    /** The day, in UTC, of an instant. */
    public static int dayOf(long millis) {
        return (int) Math.floorDiv(millis, DAY_MILLIS);
    }

    /** UTC milliseconds at which a day begins. */
    public static long startOf(int day) {
        return day * DAY_MILLIS;
    }

    /**
     * What a reader must take from rows.
     *
     * @param rowsOnly days whose packs are to be passed over
     * @param changed visits whose rows are newer than the packs, by the day on which they started
     */
    public record View(Set<Integer> rowsOnly, Map<Integer, Roaring64Bitmap> changed) {

        /** Those that started in these days, both inclusive. */
        public Roaring64Bitmap changed(int firstDay, int lastDay) {
            Roaring64Bitmap visits = new Roaring64Bitmap();
            changed.forEach((day, ofDay) -> {
                if (day >= firstDay && day <= lastDay) {
                    visits.or(ofDay);
                }
            });
            return visits;
        }
    }

    /** Registers what is kept of what strangers send. */
    void register(Bounds bounds) {
        bounds.add("storage_unpacked", mostBytes, () -> held);
    }

    private void measure() {
        long sum = 0;
        for (Day day : days.values()) {
            sum += DAY_BYTES + day.changed.getLongSizeInBytes() + day.packing.getLongSizeInBytes();
        }
        held = sum;
    }

    /**
     * After a crash, days that were being written to are right in their rows only; where packs have visits that rows do not, all
     * visits that have rows count as changed.
     */
    synchronized void load(StatementCache sql) throws SQLException {
        sql.each("SELECT site_id, day, rows_only, changed FROM unpacked_days", row -> {
            long key = SiteDayKey.siteDay(row.getInt(1), row.getInt(2));
            byte[] changed = row.getBytes(4);
            Day day = new Day();
            if (changed != null) {
                day.changed = bitmap(changed);
            } else if (row.getBoolean(3) || !packsOnly(key)) {
                day.rowsOnly = true;
            } else {
                withRows(sql, key).forEach(day.changed::addLong);
            }
            days.put(key, day);
        });
        for (Map.Entry<Long, Day> entry : days.entrySet()) {
            sql.run(
                    "UPDATE unpacked_days SET changed = NULL, rows_only = ? WHERE site_id = ? AND day = ?",
                    entry.getValue().rowsOnly ? 1 : 0,
                    SiteDayKey.site(entry.getKey()),
                    SiteDayKey.day(entry.getKey()));
        }
    }

    /** Whether packs may have visits of a day that rows do not: it must not be packed anew from rows. */
    private boolean packsOnly(long key) {
        return sites.kept(SiteDayKey.site(key)).packsOnly(startOf(SiteDayKey.day(key)));
    }

    private static List<Long> withRows(StatementCache sql, long key) throws SQLException {
        int day = SiteDayKey.day(key);
        return StatementCache.list(
                sql.bind(
                        "SELECT id FROM sessions INDEXED BY sessions_by_start WHERE site_id = ? AND started_at >= ?"
                                + " AND started_at < ?",
                        SiteDayKey.site(key),
                        startOf(day),
                        startOf(day + 1)),
                row -> row.getLong(1));
    }

    private static Roaring64Bitmap bitmap(byte[] bytes) {
        try {
            Roaring64Bitmap bitmap = new Roaring64Bitmap();
            bitmap.deserialize(ByteBuffer.wrap(bytes));
            return bitmap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Within a transaction: stores what only memory knows, so that the next start knows it. */
    public synchronized void save(StatementCache sql) throws SQLException {
        for (Map.Entry<Long, Day> entry : days.entrySet()) {
            Day day = entry.getValue();
            if (!day.rowsOnly) {
                Roaring64Bitmap changed = union(day);
                changed.runOptimize();
                ByteBuffer bytes = ByteBuffer.allocate((int) changed.serializedSizeInBytes());
                try {
                    changed.serialize(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                sql.run(
                        "UPDATE unpacked_days SET changed = ? WHERE site_id = ? AND day = ?",
                        bytes.array(),
                        SiteDayKey.site(entry.getKey()),
                        SiteDayKey.day(entry.getKey()));
            }
        }
    }

    private static Roaring64Bitmap union(Day day) {
        Roaring64Bitmap all = new Roaring64Bitmap();
        all.or(day.changed);
        all.or(day.packing);
        return all;
    }

    /** Within a transaction: a visit is written. */
    public void touch(StatementCache sql, int siteId, long startedAt, long visitId) throws SQLException {
        int day = dayOf(startedAt);
        long key = SiteDayKey.siteDay(siteId, day);
        touched.computeIfAbsent(key, k -> new ArrayList<>()).add(visitId);
        if (held > mostBytes * 3 / 4 && overflown.isEmpty()) {
            leaveToRows(sql);
        }
        if (!days.containsKey(key) && opened.add(key)) {
            sql.run("INSERT OR IGNORE INTO unpacked_days (site_id, day, rows_only) VALUES (?, ?, 0)", siteId, day);
        }
    }

    /** The day with the most changed visits is to be packed anew; which ones they are need not be known then. */
    private void leaveToRows(StatementCache sql) throws SQLException {
        Optional<Map.Entry<Long, Day>> most = days.entrySet().stream()
                .filter(day -> !packsOnly(day.getKey()))
                .max(Comparator.comparingLong(day -> day.getValue().changed.getLongSizeInBytes()));
        if (most.isEmpty()) {
            return;
        }
        long largest = most.get().getKey();
        sql.run(
                "UPDATE unpacked_days SET rows_only = 1 WHERE site_id = ? AND day = ?",
                SiteDayKey.site(largest),
                SiteDayKey.day(largest));
        overflown.add(largest);
        removed();
    }

    /** What a reader of a site must take from rows, of visits that started in these days; look within the gate. */
    public synchronized View view(int siteId, int firstDay, int lastDay) {
        Set<Integer> rowsOnly = new HashSet<>();
        Map<Integer, Roaring64Bitmap> changed = new HashMap<>();
        days.forEach((key, day) -> {
            int number = SiteDayKey.day(key);
            if (SiteDayKey.site(key) == siteId && number >= firstDay && number <= lastDay) {
                if (day.rowsOnly) {
                    rowsOnly.add(number);
                } else {
                    changed.put(number, union(day));
                }
            }
        });
        return new View(rowsOnly, changed);
    }

    // ------------------------------------------------------------------ packing

    /** Whether packs say of a visit what its rows do. */
    public synchronized boolean packed(int siteId, int day, long visitId) {
        Day open = days.get(SiteDayKey.siteDay(siteId, day));
        return open == null || !open.rowsOnly && !open.changed.contains(visitId) && !open.packing.contains(visitId);
    }

    /** The store thread's time. */
    public void now(long utcMillis) {
        now = utcMillis;
    }

    /** The days that are not all in packs, with how many visits are changed; -1: all of them are to be packed anew. */
    public synchronized Map<Long, Integer> open() {
        Map<Long, Integer> open = new HashMap<>();
        days.forEach((key, day) -> open.put(key, day.rowsOnly ? -1 : day.changed.getIntCardinality()));
        return open;
    }

    /** How often visits of one day were changed since they were handed out last; the most of all days. */
    public int touches() {
        return touchesOfLargest;
    }

    /** How long a day has not been written to, milliseconds. */
    public synchronized long idleMillis(long key) {
        Day day = days.get(key);
        return day == null ? 0 : now - day.changedAt;
    }

    /** Somebody waits for the packs of a site's days up to this one: they count as if they had not been written to for long. */
    public synchronized void hurry(int siteId, int lastDay) {
        days.forEach((key, day) -> {
            if (SiteDayKey.site(key) == siteId && SiteDayKey.day(key) <= lastDay) {
                day.changedAt = 0;
            }
        });
    }

    /** Hands out some changed visits of a day, the oldest, to be packed as rows that are read from now on say. */
    public synchronized List<Long> begin(long key, int most) {
        Day day = days.get(key);
        if (day == null) {
            return List.of();
        }
        day.packing = new Roaring64Bitmap();
        List<Long> visits = new ArrayList<>();
        for (LongIterator oldest = day.changed.getLongIterator(); oldest.hasNext() && visits.size() < most; ) {
            long visit = oldest.next();
            day.packing.addLong(visit);
            visits.add(visit);
        }
        day.changed.andNot(day.packing);
        day.touches = day.changed.getIntCardinality();
        touchesOfLargest = days.values().stream().mapToInt(d -> d.touches).max().orElse(0);
        return visits;
    }

    /**
     * What {@link #begin} handed out is in packs now.
     *
     * @param whole whether the whole day is, which was right in its rows only
     */
    public synchronized void end(long key, boolean whole) {
        Day day = days.get(key);
        if (day != null) {
            day.packing = new Roaring64Bitmap();
            day.rowsOnly &= !whole;
            measure();
        }
    }

    /** What {@link #begin} handed out is not in packs. */
    public synchronized void giveUp() {
        for (Day day : days.values()) {
            day.changed.or(day.packing);
            day.packing = new Roaring64Bitmap();
        }
    }

    /** Within a transaction: a day is all in packs, and nobody has written to it lately. */
    public void close(StatementCache sql, long key) throws SQLException {
        sql.run("DELETE FROM unpacked_days WHERE site_id = ? AND day = ?", SiteDayKey.site(key), SiteDayKey.day(key));
        closed.add(key);
    }

    /** Within a transaction: forgets the days of a site. */
    public void dropSite(int siteId) {
        days.keySet().stream().filter(key -> SiteDayKey.site(key) == siteId).forEach(closed::add);
        removed();
    }

    /** Within a transaction: only the rows of a day are right, as far as it has some. */
    public void packAnew(StatementCache sql, int siteId, int day) throws SQLException {
        if (packsOnly(SiteDayKey.siteDay(siteId, day))) {
            for (long visit : withRows(sql, SiteDayKey.siteDay(siteId, day))) {
                touch(sql, siteId, startOf(day), visit);
            }
            removed();
            return;
        }
        sql.run(
                "INSERT INTO unpacked_days (site_id, day, rows_only) VALUES (?1, ?2, 1)"
                        + " ON CONFLICT (site_id, day) DO UPDATE SET rows_only = 1",
                siteId,
                day);
        long key = SiteDayKey.siteDay(siteId, day);
        opened.add(key);
        overflown.add(key);
        removed();
    }

    /** Within a transaction: a visit starts on another day now; {@link #touch} says on which. */
    public void leave(long startedAt, int siteId, long visitId) {
        left.computeIfAbsent(SiteDayKey.siteDay(siteId, dayOf(startedAt)), k -> new ArrayList<>())
                .add(visitId);
        removed();
    }

    /** Visits are removed: what is being packed may hold some of them. */
    public void removed() {
        removals++;
    }

    /** How often visits were removed. */
    public long removals() {
        return removals;
    }

    synchronized void commit() {
        for (long key : opened) {
            days.computeIfAbsent(key, k -> new Day());
        }
        left.forEach((key, visits) -> {
            Day day = days.get(key);
            for (long visit : day == null ? List.<Long>of() : visits) {
                day.changed.removeLong(visit);
                day.packing.removeLong(visit);
            }
        });
        touched.forEach((key, visits) -> {
            Day day = days.get(key);
            day.changedAt = now;
            touches += visits.size();
            day.touches += visits.size();
            touchesOfLargest = Math.max(touchesOfLargest, day.touches);
            for (long visit : visits) {
                day.changed.addLong(visit);
            }
        });
        for (long key : overflown) {
            days.get(key).rowsOnly = true;
            days.get(key).changed = new Roaring64Bitmap();
            touches = MEASURE_EVERY;
        }
        if (touches >= MEASURE_EVERY) {
            touches = 0;
            measure();
        }
        days.keySet().removeAll(closed);
        rollback();
    }

    void rollback() {
        touched.clear();
        left.clear();
        opened.clear();
        closed.clear();
        overflown.clear();
    }
}
