package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Dimension;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;

/** What one worker needs to gather: where it puts things, and its clocks. Not thread-safe. */
final class Scratch {
    final Gathered gathered;
    final BucketClock[] clocks;

    /** The buckets of the time at hand. */
    final int[] bucket;

    /** Places of hits in the segment at hand, and those of their visits where somebody asks for them. */
    final Ints hitPlaces;

    final Ints visitPlaces;

    /** @param ids whether the visit of each hit is wanted */
    Scratch(IntsPool.Lease lease, Selection selection, boolean ids) {
        gathered = new Gathered(lease, selection, ids);
        clocks = selection.times.stream()
                .map(time -> new BucketClock((Dimension) time, selection.zone))
                .toArray(BucketClock[]::new);
        bucket = new int[clocks.length];
        hitPlaces = lease.take();
        visitPlaces = lease.take();
    }

    void buckets(long time) {
        for (int i = 0; i < clocks.length; i++) {
            bucket[i] = clocks[i].bucket(time);
        }
    }

    /** Puts in the buckets of a time; whether another is in the same. */
    boolean sameBuckets(long time, long other) {
        for (int i = 0; i < clocks.length; i++) {
            bucket[i] = clocks[i].bucket(time);
            if (clocks[i].bucket(other) != bucket[i]) {
                return false;
            }
        }
        return true;
    }
}
