package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Metric;
import io.millrace.engine.Order;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.SlotMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * One query, counted over what is gathered: groups by dimensions. Distinct visitors need no sets, because visits come by
 * visitor: a group has counted a visitor if it is the last one that it has counted. For one thread at a time.
 */
final class QueryCount {
    private static final int FIRST = 16;
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    /** What visits are summed by, beside their number. */
    private static final Set<Metric> LENGTHS = EnumSet.of(Metric.BOUNCES, Metric.DURATION, Metric.ENGAGED);

    final Query query;
    private final SlotMap[] maps;
    private final int[] visitAt;
    private final int[] hitAt;
    private final int[] timeAt;
    private final boolean byHit;
    private final boolean wholly;
    private final boolean timed;
    private final boolean lengths;
    private final boolean reading;
    private final int[] values;
    private final List<Selection.VisitValues> visitValues;
    private int[] groupOfSlot = new int[FIRST];
    private int slotsKnown;
    private int groups;
    private int[] lastVisitor = new int[FIRST];
    private int[] lastVisit = new int[FIRST];
    private final long[][] sums = new long[Metric.values().length][FIRST];
    private int visits;

    /** Of which values the visitors are wanted by name; null: of none. */
    private final IntPredicate named;

    /** The visitors of each group; those of groups of which they are not wanted are {@link #NOBODY}. */
    private final Map<Integer, RoaringBitmap> visitorsOf = new HashMap<>();

    /** @param named of which values of the only dimension the visitors are wanted by name; null: of none */
    QueryCount(Query query, Selection selection, IntPredicate named) {
        this.query = query;
        this.named = named;
        this.visitValues = selection.visitValues;
        int n = query.dimensions().size();
        maps = new SlotMap[n];
        visitAt = new int[n];
        hitAt = new int[n];
        timeAt = new int[n];
        values = new int[n];
        List<Attribute> ofVisits = selection.visitValues.stream()
                .map(Selection.VisitValues::dimension)
                .toList();
        for (int i = 0; i < n; i++) {
            Attribute dimension = query.dimensions().get(i);
            maps[i] = new SlotMap();
            visitAt[i] = ofVisits.indexOf(dimension);
            hitAt[i] = selection.hitValues.indexOf(dimension);
            timeAt[i] = selection.times.indexOf(dimension);
        }
        byHit = Arrays.stream(hitAt).anyMatch(at -> at >= 0);
        lengths = !Collections.disjoint(query.metrics(), LENGTHS);
        reading = !Collections.disjoint(query.metrics(), Metric.READING);
        timed = Arrays.stream(timeAt).anyMatch(at -> at >= 0);
        wholly = Arrays.stream(visitAt).allMatch(at -> at >= 0);
    }

    /** The place of the column that says what a visit's group is, or -1 where all are one; null: it takes more. */
    Integer column() {
        if (!wholly || values.length > 1 || reading) {
            return null;
        }
        return values.length == 0 ? -1 : visitValues.get(visitAt[0]).column();
    }

    /** Counts visits of other visitors than before, in their order; their sums come when all are counted. */
    void countVisitors(Gathered gathered, ColumnSums sumsOfColumn) {
        extendGroups(sumsOfColumn);
        int[] slots = sumsOfColumn.ordered();
        int[] visitor = gathered.visitorWithHits.values;
        int[] groupBySlot = groupOfSlot;
        int[] last = lastVisitor;
        long[] visitors = sums[Metric.VISITORS.ordinal()];
        int n = gathered.withHits.size;
        for (int o = 0; o < n; o++) {
            int group = groupBySlot[slots[o]];
            if (last[group] != visitor[o]) {
                last[group] = visitor[o];
                visitors[group]++;
                if (named != null) {
                    name(group, visitor[o]);
                }
            }
        }
    }

    /** Whether it counts by an attribute of hits or by time alone. */
    boolean byParts() {
        return values.length == 1 && !wholly;
    }

    /** Counts visits of other visitors than before by their parts: sums in the order in which they lie, visitors in theirs. */
    void countParts(Gathered gathered, Ints slotsOfParts) {
        Gathered.Parts parts = byHit ? gathered.hits : gathered.parts;
        int[] by = byHit ? parts.hitValues[hitAt[0]].values : parts.buckets[timeAt[0]].values;
        int[] pageViews = parts.pageViews.values;
        int[] events = parts.events.values;
        int n = parts.size();
        slotsOfParts.clear();
        slotsOfParts.room(n);
        int[] slots = slotsOfParts.values;
        for (int part = 0; part < n; part++) {
            boolean counts = !timed || pageViews[part] + events[part] != 0;
            slots[part] = counts ? maps[0].slot(by[part] & 0xffff_ffffL) : 0;
        }
        grow(maps[0].size());
        long[] pageViewsBy = sums[Metric.PAGE_VIEWS.ordinal()];
        long[] eventsBy = sums[Metric.EVENTS.ordinal()];
        for (int part = 0; part < n; part++) {
            pageViewsBy[slots[part]] += pageViews[part];
            eventsBy[slots[part]] += events[part];
        }
        for (int r = 0; reading && r < parts.reading.length; r++) {
            long[] sum = sums[Metric.READING.get(r).ordinal()];
            int[] read = parts.reading[r].values;
            for (int part = 0; part < n; part++) {
                sum[slots[part]] += read[part];
            }
        }
        if (timed) {
            startedAt(gathered);
        } else if (lengths || query.metrics().contains(Metric.SESSIONS)) {
            startedWith(gathered, parts, slots);
        }
        int[] last = lastVisitor;
        long[] visitors = sums[Metric.VISITORS.ordinal()];
        for (int o = 0; o < gathered.withHits.size; o++) {
            int visit = gathered.withHits.values[o];
            int visitor = gathered.visitorWithHits.values[o];
            int end = parts.end.values[visit];
            for (int part = parts.begin(visit); part < end; part++) {
                int group = slots[part];
                if (last[group] != visitor && pageViews[part] + events[part] != 0) {
                    last[group] = visitor;
                    visitors[group]++;
                    if (named != null) {
                        name(group, visitor);
                    }
                }
            }
        }
    }

    private void startedAt(Gathered gathered) {
        int[] start = gathered.startBuckets[timeAt[0]].values;
        for (int visit = 0; visit < gathered.visits(); visit++) {
            if (gathered.started.values[visit] != 0) {
                int group = maps[0].slot(start[visit] & 0xffff_ffffL);
                grow(group + 1);
                started(gathered, visit, group);
            }
        }
    }

    private void startedWith(Gathered gathered, Gathered.Parts parts, int[] groups) {
        for (int visit = 0; visit < gathered.visits(); visit++) {
            visits++;
            if (gathered.started.values[visit] != 0) {
                int end = parts.end.values[visit];
                for (int part = parts.begin(visit); part < end; part++) {
                    startedIn(gathered, visit, groups[part]);
                }
            }
        }
    }

    private void extendGroups(ColumnSums sumsOfColumn) {
        int known = slotsKnown;
        slotsKnown = sumsOfColumn.size();
        if (slotsKnown > groupOfSlot.length) {
            groupOfSlot = Arrays.copyOf(groupOfSlot, slotsKnown * 2);
        }
        for (int slot = known; slot < slotsKnown; slot++) {
            if (values.length > 0) {
                values[0] = visitValues.get(visitAt[0]).value(sumsOfColumn.number(slot));
            }
            groupOfSlot[slot] = group();
        }
    }

    /** Takes the sums of what {@link #countVisitors} has counted. */
    void addSums(ColumnSums sumsOfColumn) {
        for (Metric metric : Metric.values()) {
            for (int slot = 0; slot < slotsKnown && metric != Metric.VISITORS; slot++) {
                sums[metric.ordinal()][groupOfSlot[slot]] += sumsOfColumn.sum(metric, slot);
            }
        }
    }

    /** Counts visits of other visitors than before, in this order. */
    void count(Gathered gathered, int[] order) {
        Gathered.Parts parts = byHit ? gathered.hits : gathered.parts;
        for (int o = 0; o < gathered.visits(); o++) {
            int visit = order[o];
            visits++;
            boolean started = gathered.started.values[visit] != 0;
            for (int i = 0; i < values.length; i++) {
                if (visitAt[i] >= 0) {
                    Selection.VisitValues dimension = visitValues.get(visitAt[i]);
                    values[i] = dimension.value(gathered.visitColumns[dimension.column()].values[visit]);
                }
            }
            int end = parts.end.values[visit];
            for (int part = parts.begin(visit); part < end; part++) {
                int hits = parts.pageViews.values[part] + parts.events.values[part];
                int group = timed && hits == 0 ? -1 : group(parts, part, parts.buckets, part);
                if (hits != 0) {
                    countHits(parts, part, group, gathered.visitor.values[visit]);
                }
                if (started && byHit) {
                    startedIn(gathered, visit, timed ? group(parts, part, gathered.startBuckets, visit) : group);
                }
            }
            if (started && !byHit) {
                startedIn(gathered, visit, group(parts, -1, gathered.startBuckets, visit));
            }
        }
    }

    private void countHits(Gathered.Parts parts, int part, int group, int visitor) {
        if (lastVisitor[group] != visitor) {
            lastVisitor[group] = visitor;
            sums[Metric.VISITORS.ordinal()][group]++;
            if (named != null) {
                name(group, visitor);
            }
        }
        sums[Metric.PAGE_VIEWS.ordinal()][group] += parts.pageViews.values[part];
        sums[Metric.EVENTS.ordinal()][group] += parts.events.values[part];
        for (int r = 0; reading && r < parts.reading.length; r++) {
            sums[Metric.READING.get(r).ordinal()][group] += parts.reading[r].values[part];
        }
    }

    private void name(int group, int visitor) {
        RoaringBitmap visitors =
                visitorsOf.computeIfAbsent(group, g -> named.test(number(values(g))) ? new RoaringBitmap() : NOBODY);
        if (visitors != NOBODY) {
            visitors.add(visitor);
        }
    }

    private static int number(int[] values) {
        return values.length == 0 ? 0 : values[0];
    }

    /** Counts the visit in a group, once. */
    private void startedIn(Gathered gathered, int visit, int group) {
        if (lastVisit[group] != visits) {
            lastVisit[group] = visits;
            started(gathered, visit, group);
        }
    }

    private void started(Gathered gathered, int visit, int group) {
        sums[Metric.SESSIONS.ordinal()][group]++;
        if (!lengths) {
            return;
        }
        sums[Metric.BOUNCES.ordinal()][group] += gathered.bounce.values[visit];
        sums[Metric.DURATION.ordinal()][group] += gathered.seconds.values[visit];
        sums[Metric.ENGAGED.ordinal()][group] += gathered.engagedMillis.values[visit];
    }

    /** The group of a part at the time that these buckets say. */
    private int group(Gathered.Parts parts, int part, Ints[] buckets, int at) {
        for (int i = 0; i < values.length; i++) {
            if (hitAt[i] >= 0) {
                values[i] = parts.hitValues[hitAt[i]].values[part];
            } else if (timeAt[i] >= 0) {
                values[i] = buckets[timeAt[i]].values[at];
            }
        }
        return group();
    }

    /** The group of the values; several are numbered from left to right, each pair once. */
    private int group() {
        int group = 0;
        for (int i = 0; i < values.length; i++) {
            group = maps[i].slot((long) group << Integer.SIZE | values[i] & 0xffff_ffffL);
        }
        grow(group + 1);
        return group;
    }

    private void grow(int count) {
        groups = Math.max(groups, count);
        if (groups > lastVisitor.length) {
            lastVisitor = Arrays.copyOf(lastVisitor, groups * 2);
            lastVisit = Arrays.copyOf(lastVisit, groups * 2);
            for (int m = 0; m < sums.length; m++) {
                sums[m] = Arrays.copyOf(sums[m], groups * 2);
            }
        }
    }

    /** Adds what another has counted of the same query, of other visitors. */
    void add(QueryCount other) {
        for (int g = 0; g < other.groups; g++) {
            System.arraycopy(other.values(g), 0, values, 0, values.length);
            int group = group();
            for (int m = 0; m < sums.length; m++) {
                sums[m][group] += other.sums[m][g];
            }
            RoaringBitmap more = other.visitorsOf.getOrDefault(g, NOBODY);
            if (more != NOBODY) {
                visitorsOf.computeIfAbsent(group, v -> new RoaringBitmap()).or(more);
            }
        }
    }

    /**
     * A group when all is counted.
     *
     * @param values numbers of texts, or buckets of time
     */
    record Group(int[] values, long[] metrics) {}

    int groups() {
        return values.length == 0 ? 1 : groups;
    }

    /**
     * What is counted by the number of the only dimension's value; 0 where there is no dimension.
     *
     * @param counted makes it of the metrics, by ordinal, and of the visitors asked for by name
     */
    <T> Map<Integer, T> byNumber(BiFunction<long[], RoaringBitmap, T> counted) {
        Map<Integer, T> found = new HashMap<>();
        for (int g = 0; g < groups(); g++) {
            int group = g;
            long[] metrics = Arrays.stream(sums).mapToLong(sum -> sum[group]).toArray();
            found.put(number(values(g)), counted.apply(metrics, visitorsOf.getOrDefault(g, NOBODY)));
        }
        return found;
    }

    /** What each group is ordered by before its values, see {@link Order#rank}. */
    double[] ranks() {
        return IntStream.range(0, groups())
                .mapToDouble(g -> query.order().rank(metric -> sums[metric.ordinal()][g]))
                .toArray();
    }

    Group group(int number) {
        return new Group(values(number), metrics(number));
    }

    private int[] values(int group) {
        int[] found = new int[maps.length];
        int at = group;
        for (int i = maps.length - 1; i >= 0; i--) {
            long key = maps[i].key(at);
            found[i] = (int) key;
            at = (int) (key >>> Integer.SIZE);
        }
        return found;
    }

    private long[] metrics(int group) {
        return query.metrics().stream().mapToLong(m -> sums[m.ordinal()][group]).toArray();
    }
}
