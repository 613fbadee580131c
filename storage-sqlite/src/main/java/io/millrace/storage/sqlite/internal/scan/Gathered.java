package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Metric;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.numbers.IntsPool;
import io.millrace.storage.sqlite.internal.numbers.Longs;
import java.util.List;
import java.util.stream.Stream;

/**
 * The selected visits of a range of visitors, with what of them is counted, as columns. A visit has parts: hits of it that lie
 * together and are alike in what is counted by. Filled by one thread, then read by several.
 */
final class Gathered extends Gathering {
    /** Parts of visits. */
    static final class Parts {
        private static final int MEASURED = Metric.READING.indexOf(Metric.MEASURED);
        private static final int READ = Metric.READING.indexOf(Metric.READ);
        private static final int SCROLLED = Metric.READING.indexOf(Metric.SCROLLED);

        /** The place behind the last part of each visit. */
        final Ints end;

        final Ints[] hitValues;
        final Ints[] buckets;

        /** Page views within the period. */
        final Ints pageViews;

        /** Custom events within the period. */
        final Ints events;

        /** What of the page views is summed that no visit has, as {@link Metric#READING} has it; none where nobody asks. */
        final Ints[] reading;

        Parts(IntsPool.Lease lease, int hitValues, int times, boolean reading) {
            this.end = lease.take();
            this.hitValues = lease.take(hitValues);
            this.buckets = lease.take(times);
            this.pageViews = lease.take();
            this.events = lease.take();
            this.reading = lease.take(reading ? Metric.READING.size() : 0);
        }

        int size() {
            return pageViews.size;
        }

        boolean inBuckets(int part, int[] bucket) {
            for (int i = 0; i < bucket.length; i++) {
                if (buckets[i].values[part] != bucket[i]) {
                    return false;
                }
            }
            return true;
        }

        void add(int[] bucket, int pageViewCount, int eventCount) {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i].add(bucket[i]);
            }
            pageViews.add(pageViewCount);
            events.add(eventCount);
            unread(1);
        }

        /** Adds room for what is summed of how so many parts were read. */
        void unread(int count) {
            for (Ints none : reading) {
                none.addSame(0, count);
            }
        }

        /** Whether a part has room for a page view that was read so long. */
        boolean fits(int part, long engaged) {
            return reading[READ].values[part] + engaged <= Integer.MAX_VALUE;
        }

        /** Adds to a part how long and how far a page view was read. */
        void read(int part, long engaged, int scroll) {
            reading[MEASURED].values[part] += (engaged | scroll) == 0 ? 0 : 1;
            reading[READ].values[part] += (int) engaged;
            reading[SCROLLED].values[part] += scroll;
        }

        int begin(int visit) {
            return visit == 0 ? 0 : end.values[visit - 1];
        }

        private void clear() {
            Stream.of(List.of(end, pageViews, events), List.of(hitValues), List.of(buckets), List.of(reading))
                    .flatMap(List::stream)
                    .forEach(Ints::clear);
        }
    }

    final Ints visitor;

    /** Whether it started in the period: 1 or 0. */
    final Ints started;

    final Ints bounce;
    final Ints seconds;
    final Ints engagedMillis;
    final Ints[] visitColumns;

    /** Page views and custom events of the visit within the period. */
    final Ints pageViews;

    final Ints events;

    /** The buckets of its start. */
    final Ints[] startBuckets;

    /** By time only. */
    final Parts parts;

    /** By attributes of hits, too; null where nobody asks. */
    final Parts hits;

    /** The visits that have a hit in the period, by visitor, and the visitor of each. */
    final Ints withHits;

    final Ints visitorWithHits;

    private final Ints order;
    private final Ints nextOrder;

    /** The visit of each hit; null where nobody asks. */
    final Longs hitVisits;

    Gathered(IntsPool.Lease lease, Selection selection, boolean ids) {
        hitVisits = ids ? new Longs() : null;
        int times = selection.times.size();
        visitor = lease.take();
        started = lease.take();
        bounce = lease.take();
        seconds = lease.take();
        engagedMillis = lease.take();
        withHits = lease.take();
        visitorWithHits = lease.take();
        order = lease.take();
        nextOrder = lease.take();
        visitColumns = lease.take(selection.visitColumns.size());
        pageViews = lease.take();
        events = lease.take();
        startBuckets = lease.take(times);
        parts = new Parts(lease, 0, times, selection.readingVisits);
        hits = selection.hitValues.isEmpty()
                ? null
                : new Parts(lease, selection.hitValues.size(), selection.timesOfHits.size(), selection.reading);
    }

    @Override
    public int visits() {
        return visitor.size;
    }

    /** What each visit has of what is summed. */
    int[] values(Metric metric) {
        return switch (metric) {
            case PAGE_VIEWS -> pageViews.values;
            case EVENTS -> events.values;
            case SESSIONS -> started.values;
            case BOUNCES -> bounce.values;
            case DURATION -> seconds.values;
            case ENGAGED -> engagedMillis.values;
            default -> throw new IllegalArgumentException(metric + " is no sum");
        };
    }

    /** Parts of visits by attributes of hits. */
    @Override
    protected int parts() {
        return hits == null ? parts.size() : hits.size();
    }

    @Override
    protected void clear() {
        Stream.of(
                        List.of(visitor, started, bounce, seconds, engagedMillis, pageViews, events),
                        List.of(visitColumns),
                        List.of(startBuckets))
                .flatMap(List::stream)
                .forEach(Ints::clear);
        parts.clear();
        if (hits != null) {
            hits.clear();
        }
        if (hitVisits != null) {
            hitVisits.clear();
        }
    }

    /** Adds up the parts of each visit, when all are gathered. */
    void sumParts() {
        int n = visits();
        pageViews.room(n);
        events.room(n);
        int part = 0;
        for (int v = 0; v < n; v++) {
            int views = 0;
            int others = 0;
            for (; part < parts.end.values[v]; part++) {
                views += parts.pageViews.values[part];
                others += parts.events.values[part];
            }
            pageViews.add(views);
            events.add(others);
        }
    }

    /** Puts the visits that have a hit in the order of their visitors, when their parts are added up. */
    void orderVisitors(int[] byVisitor) {
        int n = visits();
        withHits.clear();
        withHits.room(n);
        visitorWithHits.clear();
        visitorWithHits.room(n);
        for (int o = 0; o < n; o++) {
            int visit = byVisitor[o];
            if (pageViews.values[visit] + events.values[visit] != 0) {
                withHits.add(visit);
                visitorWithHits.add(visitor.values[visit]);
            }
        }
    }

    /** The places of the visits, by visitor, as many as there are. */
    int[] byVisitor() {
        return visitor.order(order, nextOrder);
    }
}
