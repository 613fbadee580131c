package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One query, counted over what is gathered: groups by dimensions. Distinct visitors need no sets, because visits come by
 * visitor: a group has counted a visitor if it is the last one that it has counted. For one thread at a time.
 */
final class Panel {
    private static final int FIRST = 16;

    final Query query;
    private final SlotMap[] maps;
    private final int[] visitAt;
    private final int[] hitAt;
    private final int[] timeAt;
    private final boolean byHit;
    private final boolean wholly;
    private final int[] values;
    private int groups;
    private int[] lastVisitor = new int[FIRST];
    private int[] lastVisit = new int[FIRST];
    private final long[][] sums = new long[Metric.values().length][FIRST];
    private int visits;

    Panel(Query query, Selection selection) {
        this.query = query;
        int n = query.dimensions().size();
        maps = new SlotMap[n];
        visitAt = new int[n];
        hitAt = new int[n];
        timeAt = new int[n];
        values = new int[n];
        List<Dimension> ofVisits = selection.visitValues.stream()
                .map(Selection.VisitValues::dimension)
                .toList();
        for (int i = 0; i < n; i++) {
            Dimension dimension = query.dimensions().get(i);
            maps[i] = new SlotMap();
            visitAt[i] = ofVisits.indexOf(dimension);
            hitAt[i] = selection.hitValues.indexOf(dimension);
            timeAt[i] = selection.times.indexOf(dimension);
        }
        byHit = Arrays.stream(hitAt).anyMatch(at -> at >= 0);
        wholly = Arrays.stream(visitAt).allMatch(at -> at >= 0);
    }

    /** Counts visits of other visitors than before, in this order. */
    void count(Gathered gathered, int[] order, Ints groupOfVisit) {
        if (wholly) {
            countVisits(gathered, order, groupOfVisit);
        } else {
            countParts(gathered, order);
        }
    }

    /** Where a visit is in one group whatever its hits are. */
    private void countVisits(Gathered gathered, int[] order, Ints groupOfVisit) {
        int n = gathered.visits();
        groupOfVisit.room(n);
        int[] group = groupOfVisit.values;
        Arrays.fill(group, 0, n, 0);
        for (int i = 0; i < values.length; i++) {
            int[] column = gathered.visitValues[visitAt[i]].values;
            SlotMap map = maps[i];
            for (int v = 0; v < n; v++) {
                group[v] = map.slot((long) group[v] << Integer.SIZE | column[v] & 0xffff_ffffL);
            }
        }
        grow(values.length == 0 ? 1 : maps[values.length - 1].size());
        Gathered.Parts parts = gathered.parts;
        int[] end = parts.end.values;
        long[] visitors = sums[Metric.VISITORS.ordinal()];
        long[] pageViews = sums[Metric.PAGE_VIEWS.ordinal()];
        long[] events = sums[Metric.EVENTS.ordinal()];
        for (int o = 0; o < n; o++) {
            int visit = order[o];
            int g = group[visit];
            int hits = 0;
            for (int part = parts.begin(visit); part < end[visit]; part++) {
                pageViews[g] += parts.pageViews.values[part];
                events[g] += parts.events.values[part];
                hits += parts.pageViews.values[part] + parts.events.values[part];
            }
            if (hits != 0 && lastVisitor[g] != gathered.visitor.values[visit]) {
                lastVisitor[g] = gathered.visitor.values[visit];
                visitors[g]++;
            }
            if (gathered.started.values[visit] != 0) {
                started(gathered, visit, g);
            }
        }
    }

    private void countParts(Gathered gathered, int[] order) {
        Gathered.Parts parts = byHit ? gathered.hits : gathered.parts;
        for (int o = 0; o < gathered.visits(); o++) {
            int visit = order[o];
            visits++;
            boolean started = gathered.started.values[visit] != 0;
            for (int i = 0; i < values.length; i++) {
                if (visitAt[i] >= 0) {
                    values[i] = gathered.visitValues[visitAt[i]].values[visit];
                }
            }
            int end = parts.end.values[visit];
            for (int part = parts.begin(visit); part < end; part++) {
                int pageViews = parts.pageViews.values[part];
                int events = parts.events.values[part];
                if (pageViews + events != 0) {
                    countHits(parts, part, gathered.visitor.values[visit], pageViews, events);
                }
                if (started && byHit) {
                    startedIn(gathered, visit, part);
                }
            }
            if (started && !byHit) {
                startedIn(gathered, visit, -1);
            }
        }
    }

    private void countHits(Gathered.Parts parts, int part, int visitor, int pageViews, int events) {
        for (int i = 0; i < values.length; i++) {
            if (hitAt[i] >= 0) {
                values[i] = parts.hitValues[hitAt[i]].values[part];
            } else if (timeAt[i] >= 0) {
                values[i] = parts.buckets[timeAt[i]].values[part];
            }
        }
        int group = group();
        if (lastVisitor[group] != visitor) {
            lastVisitor[group] = visitor;
            sums[Metric.VISITORS.ordinal()][group]++;
        }
        sums[Metric.PAGE_VIEWS.ordinal()][group] += pageViews;
        sums[Metric.EVENTS.ordinal()][group] += events;
    }

    /** Counts the visit in the group of a part, once. */
    private void startedIn(Gathered gathered, int visit, int part) {
        for (int i = 0; i < values.length; i++) {
            if (hitAt[i] >= 0) {
                values[i] = gathered.hits.hitValues[hitAt[i]].values[part];
            } else if (timeAt[i] >= 0) {
                values[i] = gathered.startBuckets[timeAt[i]].values[visit];
            }
        }
        int group = group();
        if (lastVisit[group] != visits) {
            lastVisit[group] = visits;
            started(gathered, visit, group);
        }
    }

    private void started(Gathered gathered, int visit, int group) {
        sums[Metric.SESSIONS.ordinal()][group]++;
        sums[Metric.BOUNCES.ordinal()][group] += gathered.bounce.values[visit];
        sums[Metric.DURATION.ordinal()][group] += gathered.seconds.values[visit];
        sums[Metric.ENGAGED.ordinal()][group] += gathered.engagedMillis.values[visit];
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
    void add(Panel other) {
        for (int g = 0; g < other.groups; g++) {
            System.arraycopy(other.values(g), 0, values, 0, values.length);
            int group = group();
            for (int m = 0; m < sums.length; m++) {
                sums[m][group] += other.sums[m][g];
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

    /** The metric of each group. */
    long[] metric(Metric metric) {
        return Arrays.copyOf(sums[metric.ordinal()], groups());
    }

    /** The groups whose metric is this or more; all of them where the metric is null. */
    List<Group> groups(Metric metric, long least) {
        List<Group> found = new ArrayList<>();
        for (int g = 0; g < groups(); g++) {
            if (metric == null || sums[metric.ordinal()][g] >= least) {
                found.add(new Group(values(g), metrics(g)));
            }
        }
        return found;
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
