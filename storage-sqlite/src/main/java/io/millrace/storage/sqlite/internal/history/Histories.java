package io.millrace.storage.sqlite.internal.history;

import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.Longs;
import io.millrace.storage.sqlite.internal.scan.Gathering;

/** Selected visits of a range of visitors, each with when it was, and hits of it. Not thread-safe. */
final class Histories extends Gathering {
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
}
