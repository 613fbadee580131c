package io.millrace.storage.sqlite.internal.pack;

import io.millrace.engine.spi.HeapSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A segment in memory, plain: what is read of rows or of packs, to be asked or packed. While it is made, for one thread. */
public class VisitBlock implements Segment {
    static final long DAY_MILLIS = 86_400_000;

    private final long[][] columns = new long[PackColumn.values().length][];
    private final EnumMap<PackColumn, Packed> packed = new EnumMap<>(PackColumn.class);
    private final List<String> props = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final long day;
    private int visits;
    private int hits;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private boolean early;

    /** @param day days since 1970-01-01 in UTC */
    public VisitBlock(long day) {
        this(day, 0, 0);
        for (PackColumn column : PackColumn.values()) {
            columns[column.ordinal()] = new long[64];
        }
    }

    /** One whose columns come from elsewhere, see {@link #values}. */
    VisitBlock(long day, int visits, int hits) {
        this.day = day;
        this.visits = visits;
        this.hits = hits;
    }

    /** Begins a visit; its hits follow. */
    int addVisit() {
        grow(false, visits);
        return visits++;
    }

    int addHit() {
        grow(true, hits);
        set(PackColumn.HITS, visits - 1, get(PackColumn.HITS, visits - 1) + 1);
        return hits++;
    }

    private void grow(boolean ofHits, int to) {
        if (to < columns[(ofHits ? PackColumn.OFFSET : PackColumn.ID).ordinal()].length) {
            return;
        }
        for (PackColumn column : PackColumn.values()) {
            if (column.ofHits() == ofHits) {
                columns[column.ordinal()] = Arrays.copyOf(columns[column.ordinal()], to * 2);
            }
        }
    }

    void set(PackColumn column, int at, long value) {
        columns[column.ordinal()][at] = value;
    }

    long get(PackColumn column, int at) {
        return columns[column.ordinal()][at];
    }

    /** A column's values, and what may stand behind them; until the next call. */
    long[] values(PackColumn column) {
        return columns[column.ordinal()];
    }

    /**
     * Takes a visit's start, or a hit's time, into account.
     *
     * @param offset since the start of the visit
     */
    void covers(long time, long offset) {
        early |= offset < 0;
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
    }

    /** The number of a property set, from 1. */
    int number(String set) {
        return numbers.computeIfAbsent(set, s -> {
            props.add(s);
            return props.size();
        });
    }

    /**
     * Where two blocks differ.
     *
     * @param column what is different
     */
    public record Difference(String column, long value, long other) {}

    /** The first difference, column by column; empty where both say the same. */
    public Optional<Difference> firstDifference(VisitBlock other) {
        if (visits != other.visits || hits != other.hits) {
            return Optional.of(
                    new Difference("visits and hits", (long) visits + hits, (long) other.visits + other.hits));
        }
        for (PackColumn column : PackColumn.values()) {
            long[] mine = values(column);
            long[] others = other.values(column);
            for (int i = 0; i < (column.ofHits() ? hits : visits); i++) {
                if (column == PackColumn.PROPS ? !set(mine[i]).equals(other.set(others[i])) : mine[i] != others[i]) {
                    long value = mine[i];
                    long id = values(PackColumn.ID)[visitOf(column, i)];
                    return Optional.of(new Difference(
                            column.name().toLowerCase(Locale.ROOT) + " of visit " + id, value, others[i]));
                }
            }
        }
        return Optional.empty();
    }

    private String set(long number) {
        return number == 0 ? "" : props.get((int) number - 1);
    }

    private int visitOf(PackColumn column, int at) {
        if (!column.ofHits()) {
            return at;
        }
        long[] hitsOf = values(PackColumn.HITS);
        int visit = 0;
        for (long hit = hitsOf[0]; hit <= at; hit += hitsOf[visit]) {
            visit++;
        }
        return visit;
    }

    /** Takes a tenth of the memory from now on; it can only be asked then. */
    public Segment frozen() {
        for (PackColumn column : PackColumn.values()) {
            column(column);
            columns[column.ordinal()] = null;
        }
        return this;
    }

    /** Bytes that its columns take as they can be asked, and its property sets. */
    public long bytes() {
        return packed.values().stream().mapToLong(Packed::bytes).sum()
                + props.stream()
                        .mapToLong(set -> 2L * (HeapSize.OBJECT + HeapSize.MAP_ENTRY) + 2L * set.length())
                        .sum();
    }

    byte[] write(PackColumn column) {
        long[] values = values(column);
        return column == PackColumn.VISITOR
                ? Packed.writeSteps(values, visits)
                : Packed.write(values, column.ofHits() ? hits : visits, column.deflated(), column.coded());
    }

    /** Days since 1970-01-01 in UTC. */
    public int day() {
        return (int) day;
    }

    /** The numbers of its visits. */
    public long[] ids() {
        return Arrays.copyOf(values(PackColumn.ID), visits);
    }

    @Override
    public long dayStart() {
        return day * DAY_MILLIS;
    }

    @Override
    public int visits() {
        return visits;
    }

    @Override
    public int hits() {
        return hits;
    }

    @Override
    public long earliest() {
        return earliest;
    }

    @Override
    public long latest() {
        return latest;
    }

    @Override
    public boolean early() {
        return early;
    }

    @Override
    public synchronized Packed column(PackColumn column) {
        return packed.computeIfAbsent(column, c -> Packed.of(values(c), c.ofHits() ? hits : visits));
    }

    @Override
    public BitSet gone() {
        return null;
    }

    @Override
    public List<String> props() {
        return props;
    }
}
