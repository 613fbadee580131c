package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Bounds;
import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** The roll-ups of days that are in memory, within a number and within bytes. Of the store thread, but for {@link #byKey}. */
final class KeptDays {
    /** What a day takes beside its roll-up: its place in two maps. */
    private static final int DAY_BYTES = 200;

    private final int most;
    private final long mostBytes;

    @Bounded("storage_days")
    private final Map<Long, DayRollup> days = new ConcurrentHashMap<>();

    @Bounded("storage_days")
    private final Map<Long, Long> usedAt = new LinkedHashMap<>(16, 0.75f, true);

    private volatile long held;
    private long now;

    KeptDays(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    void register(Bounds bounds) {
        bounds.add("storage_days", mostBytes, () -> held);
    }

    Map<Long, DayRollup> byKey() {
        return days;
    }

    DayRollup get(long key) {
        return days.get(key);
    }

    void add(DayRollup day) {
        long key = SiteDayKey.siteDay(day.siteId, day.day);
        days.put(key, day);
        usedAt.put(key, 0L);
    }

    void remove(long key) {
        days.remove(key);
        usedAt.remove(key);
    }

    void now(long utcMillis) {
        now = utcMillis;
    }

    /** A day that is changed now, and so is ahead of what is stored. */
    DayRollup use(long key) {
        DayRollup day = days.get(key);
        day.dirty = true;
        usedAt.put(key, now);
        return day;
    }

    /** One that has not been used since and is ahead of what is stored, or null. */
    DayRollup idleSince(long millis) {
        for (Map.Entry<Long, Long> entry : usedAt.entrySet()) {
            DayRollup day = days.get(entry.getKey());
            if (day != null && day.dirty && entry.getValue() < millis) {
                return day;
            }
        }
        return null;
    }

    List<DayRollup> dirty() {
        return days.values().stream().filter(day -> day.dirty).toList();
    }

    /** How many bytes are too many; less than 0: none. */
    long surplusBytes() {
        return held - mostBytes * 3 / 4;
    }

    /** Days that are too many, in number or bytes, least lately used first, and none that is in use. */
    List<DayRollup> surplus(Set<Long> inUse) {
        List<DayRollup> surplus = new ArrayList<>();
        int number = days.size() - most;
        long bytes = surplusBytes();
        for (Long key : usedAt.keySet()) {
            if ((number > 0 || bytes > 0) && !inUse.contains(key)) {
                DayRollup day = days.get(key);
                number--;
                bytes -= day.bytes();
                surplus.add(day);
            }
        }
        return surplus;
    }

    /** Those of these that are here, least lately used first. */
    List<DayRollup> those(Set<Long> keys) {
        return usedAt.keySet().stream().filter(keys::contains).map(days::get).toList();
    }

    /** Leaves to the rows what takes the most, until it is well within the bound. */
    void keepBound() {
        held = sum(DayRollup::bytes);
        if (held <= mostBytes * 9 / 10) {
            return;
        }
        days.values().removeIf(day -> !day.dirty);
        usedAt.keySet().retainAll(days.keySet());
        held = sum(DayRollup::measure);
        Collection<DayRollup> largest = new ArrayList<>(days.values());
        while (surplusBytes() > 0 && !largest.isEmpty()) {
            DayRollup day = Collections.max(largest, Comparator.comparingLong(DayRollup::bytes));
            long before = day.bytes();
            if (!day.giveUpLargest()) {
                largest.remove(day);
            }
            held += day.bytes() - before;
        }
    }

    /** With each commit, so without a stream. */
    private long sum(ToLongFunction<DayRollup> bytes) {
        long sum = (long) days.size() * DAY_BYTES;
        for (DayRollup day : days.values()) {
            sum += bytes.applyAsLong(day);
        }
        return sum;
    }
}
