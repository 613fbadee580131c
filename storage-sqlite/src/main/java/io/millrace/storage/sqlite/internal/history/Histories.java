package io.millrace.storage.sqlite.internal.history;

import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.Longs;
import io.millrace.storage.sqlite.internal.scan.Gathering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Selected visits of a range of visitors, each with when it was, and hits of it. Not thread-safe. */
final class Histories extends Gathering {
    /** Up to so many visits of one visitor, as most have, are sorted in place. */
    private static final int FEW = 32;

    final Ints visitor;

    /** Whether the visitor has an id that a client gave: 1 or 0. */
    final Ints identified;

    final Longs starts = new Longs();

    /** The numbers of the visits. */
    final Longs ids = new Longs();

    /** What the visit is counted by, where that is an attribute of visits. */
    final Ints values;

    /** The place behind the last hit of each visit. */
    final Ints end;

    /** Which steps each hit takes, a bit each. */
    final Ints steps;

    final Longs times = new Longs();

    /** What the hit is counted by, where that is an attribute of hits. */
    final Ints hitValues;

    private final Ints order;
    private final Ints nextOrder;

    Histories(IntsPool.Lease lease) {
        visitor = lease.take();
        identified = lease.take();
        values = lease.take();
        end = lease.take();
        steps = lease.take();
        hitValues = lease.take();
        order = lease.take();
        nextOrder = lease.take();
    }

    @Override
    public int visits() {
        return visitor.size;
    }

    @Override
    protected int parts() {
        return steps.size;
    }

    @Override
    protected void clear() {
        visitor.clear();
        identified.clear();
        starts.clear();
        ids.clear();
        values.clear();
        end.clear();
        steps.clear();
        times.clear();
        hitValues.clear();
    }

    /** The places of the visits, by visitor. */
    int[] byVisitor() {
        return visitor.order(order, nextOrder);
    }

    int begin(int visit) {
        return visit == 0 ? 0 : end.values[visit - 1];
    }

    /** A place of a hit, and that of its visit. */
    record Hit(int place, int visit) {}

    /** Puts a visitor's visits in the order of their starts. */
    void sort(int[] visits, int from, int to) {
        if (to - from > FEW) {
            int[] sorted = Arrays.stream(visits, from, to)
                    .boxed()
                    .sorted(this::compare)
                    .mapToInt(Integer::intValue)
                    .toArray();
            System.arraycopy(sorted, 0, visits, from, sorted.length);
            return;
        }
        for (int o = from + 1; o < to; o++) {
            int visit = visits[o];
            int at = o;
            while (at > from && compare(visits[at - 1], visit) > 0) {
                visits[at] = visits[at - 1];
                at--;
            }
            visits[at] = visit;
        }
    }

    private int compare(int visit, int other) {
        int byStart = Long.compare(starts.get(visit), starts.get(other));
        return byStart != 0 ? byStart : Long.compare(ids.get(visit), ids.get(other));
    }

    /** Whether a hit of a visit is not behind all hits of the visits before. */
    boolean overlap(int[] visits, int from, int to) {
        long last = Long.MIN_VALUE;
        for (int o = from; o < to; o++) {
            int first = begin(visits[o]);
            int behind = end.values[visits[o]];
            if (first < behind) {
                if (times.get(first) <= last) {
                    return true;
                }
                last = times.get(behind - 1);
            }
        }
        return false;
    }

    /** The hits of a visitor's visits by time, ties by visit and then in order of arrival. */
    List<Hit> byTime(int[] visits, int from, int to) {
        List<Hit> hits = new ArrayList<>();
        for (int o = from; o < to; o++) {
            for (int hit = begin(visits[o]); hit < end.values[visits[o]]; hit++) {
                hits.add(new Hit(hit, visits[o]));
            }
        }
        hits.sort(Comparator.<Hit>comparingLong(hit -> times.get(hit.place))
                .thenComparingLong(hit -> ids.get(hit.visit))
                .thenComparingInt(hit -> hit.place));
        return hits;
    }
}
