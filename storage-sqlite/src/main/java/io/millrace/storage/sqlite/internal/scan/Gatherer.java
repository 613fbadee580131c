package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.engine.Property;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.numbers.Ints;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;

/**
 * Takes out of a segment what a selection selects, a range of visitors at a time, upwards. A column at a time where it can: that
 * is what compilers make fast. Not thread-safe.
 */
final class Gatherer extends VisitSelector {
    private final Scratch scratch;
    private final Gathered out;
    private final Period period;
    private final boolean usesHosts;
    private final boolean onHits;
    private final boolean within;
    private final boolean filtered;
    private final boolean timesOfHits;
    private final boolean reading;
    private final boolean readingVisits;

    /** Whether all of it is in the period and in the same buckets of time, and nobody asks for visits. */
    private final boolean settled;

    /** For each attribute of hits that is counted by: the number of its value by the number in the column; null: the same. */
    private int[][] hitValues;

    // The columns, while a range is gathered.
    private Packed starts;
    private Packed lengths;
    private Packed offsets;
    private Packed ids;

    Gatherer(Segment segment, Selection selection, Scratch scratch) {
        super(segment, selection, scratch.gathered);
        this.scratch = scratch;
        this.out = scratch.gathered;
        this.period = selection.period;
        this.usesHosts = selection.uses(Dimension.HOSTNAME);
        this.onHits = selection.onHits();
        this.filtered = selection.filtersHits();
        this.reading = selection.reading;
        this.readingVisits = selection.readingVisits;
        this.timesOfHits = !selection.timesOfHits.isEmpty();
        this.within = segment.earliest() >= period.from() && segment.latest() < period.to();
        this.settled = within && out.hitVisits == null && scratch.sameBuckets(segment.earliest(), segment.latest());
    }

    @Override
    protected boolean open() throws SQLException {
        lengths = segment.column(PackColumn.LENGTH);
        ids = out.hitVisits == null ? null : segment.column(PackColumn.ID);
        boolean byHit = onHits || !settled;
        if (byHit) {
            columns.open(segment);
        }
        if (settled) {
            scratch.buckets(segment.earliest());
        } else {
            starts = segment.column(PackColumn.START);
            offsets = segment.column(PackColumn.OFFSET);
        }
        return byHit;
    }

    @Override
    protected void prepare(Map<Filter, ValueSet> values) throws SQLException {
        super.prepare(values);
        hitValues = new int[selection.hitValues.size()][];
        if (!selection.properties().isEmpty()) {
            Iterator<int[]> properties = selection.properties(segment).values().iterator();
            for (int i = 0; i < hitValues.length; i++) {
                hitValues[i] = selection.hitValues.get(i) instanceof Property ? properties.next() : null;
            }
        }
    }

    @Override
    protected void take(int n, int end, boolean byHit) throws SQLException {
        visits(byHit ? partsOfHits(n, end) : partsOfVisits(n));
    }

    private int partsOfVisits(int n) {
        Gathered.Parts parts = out.parts;
        int from = parts.size();
        parts.pageViews.addAll(pages, places(), n);
        parts.events.addAll(counts, places(), n);
        parts.end.room(n);
        for (int i = 0; i < n; i++) {
            parts.events.values[from + i] -= parts.pageViews.values[from + i];
            parts.end.add(from + i + 1);
        }
        for (int c = 0; c < parts.buckets.length; c++) {
            parts.buckets[c].addSame(scratch.bucket[c], n);
        }
        return n;
    }

    private int partsOfHits(int n, int end) {
        int[] places = places();
        int hitsBefore = out.hits == null ? 0 : out.hits.size();
        scratch.hitPlaces.clear();
        scratch.visitPlaces.clear();
        int kept = 0;
        int v = visit;
        for (int i = 0; i < n; i++) {
            for (; v < places[i]; v++) {
                hit += counts.getInt(v);
            }
            int count = counts.getInt(v);
            long start = start(v);
            boolean matters = completed(v, count)
                    && (filtered
                            ? test.mayHave(count, pages.getInt(v)) && hitByHit(v, start, hit, count)
                            : whole(v, start, count));
            if (matters && out.hits != null && !filtered) {
                allHits(v, start, hit, count);
            }
            if (matters) {
                places[kept++] = v;
                out.parts.end.add(out.parts.size());
                if (out.hits != null) {
                    out.hits.end.add(hitsBefore + scratch.hitPlaces.size);
                }
            }
        }
        for (; v < end; v++) {
            hit += counts.getInt(v);
        }
        if (out.hits != null) {
            hits();
        }
        return kept;
    }

    /** Adds what is counted of the hits in {@code scratch.hitPlaces}. */
    private void hits() {
        int n = scratch.hitPlaces.size;
        int[] places = scratch.hitPlaces.values;
        for (int i = 0; i < hitValues.length; i++) {
            Ints values = out.hits.hitValues[i];
            int from = values.size;
            Attribute attribute = selection.hitValues.get(i);
            values.addAll(columns.of(attribute), places, n);
            if (hitValues[i] != null) {
                values.replace(from, hitValues[i]);
            } else if (attribute == Dimension.HOSTNAME) {
                for (int h = 0; h < n; h++) {
                    values.values[from + h] = columns.host(values.values[from + h], scratch.visitPlaces.values[h]);
                }
            }
        }
        if (settled) {
            Ints pageViews = out.hits.pageViews;
            int from = pageViews.size;
            pageViews.addAll(columns.of(Dimension.EVENT), places, n);
            out.hits.events.room(n);
            for (int h = from; h < from + n; h++) {
                int name = pageViews.values[h];
                pageViews.values[h] = name == 0 ? 1 : 0;
                out.hits.events.add(name == 0 ? 0 : 1);
            }
            for (int c = 0; c < out.hits.buckets.length; c++) {
                out.hits.buckets[c].addSame(scratch.bucket[c], n);
            }
            out.hits.unread(n);
        }
        int first = out.hits.size() - n;
        for (int h = 0; reading && h < n; h++) {
            if (out.hits.pageViews.values[first + h] != 0) {
                out.hits.read(first + h, columns.engaged(places[h]), columns.scroll(places[h]));
            }
        }
    }

    /** UTC milliseconds at which a visit started, or some time in the same buckets. */
    private long start(int place) {
        return settled ? segment.earliest() : segment.dayStart() + starts.get(place);
    }

    /** The time of a hit, as {@link #start} says that of its visit. */
    private long time(long start, int h) {
        return settled ? start : start + offsets.get(h);
    }

    private boolean inPeriod(long time) {
        return time >= period.from() && time < period.to();
    }

    /** The parts of a visit all of whose hits are selected; whether it has any hit or its start in the period. */
    private boolean whole(int place, long start, int count) {
        int pageViews = pages.getInt(place);
        if (!readingVisits && (settled || within && inOneBucket(start, start + lengths.get(place)))) {
            add(pageViews, count - pageViews, -1);
            return true;
        }
        boolean any = inPeriod(start);
        int before = out.parts.size();
        for (int h = hit; h < hit + count; h++) {
            long time = time(start, h);
            if (within || inPeriod(time)) {
                scratch.buckets(time);
                addOne(h, columns.isPage(h) ? 1 : 0, true, before);
                any = true;
            }
        }
        return any;
    }

    private boolean inOneBucket(long start, long last) {
        return scratch.clocks.length == 0 || !segment.early() && scratch.sameBuckets(start, last);
    }

    /**
     * Adds hits to the last part, or as another one.
     *
     * @param first the first part of the visit, which has none of before; -1: all of the visit
     */
    private void add(int pageViews, int events, int first) {
        Gathered.Parts parts = out.parts;
        int last = parts.size() - 1;
        if (first >= 0 && last >= first && parts.inBuckets(last, scratch.bucket)) {
            parts.pageViews.values[last] += pageViews;
            parts.events.values[last] += events;
        } else {
            parts.add(scratch.bucket, pageViews, events);
        }
    }

    /** The same of one hit, with how it was read where somebody asks. */
    private void addOne(int h, int pageView, boolean inPeriod, int first) {
        Gathered.Parts parts = out.parts;
        boolean read = readingVisits && pageView != 0;
        boolean full = read && parts.size() > first && !parts.fits(parts.size() - 1, columns.engaged(h));
        add(pageView, inPeriod ? 1 - pageView : 0, full ? parts.size() : first);
        if (read) {
            parts.read(parts.size() - 1, columns.engaged(h), columns.scroll(h));
        }
    }

    /** The parts of a visit some of whose hits may be selected; whether one is that matters. */
    private boolean hitByHit(int place, long start, int firstHit, int count) {
        boolean any = false;
        boolean started = inPeriod(start);
        int before = out.parts.size();
        boolean pageViews = test.pageViews(firstHit, count);
        for (int h = firstHit; h < firstHit + count; h++) {
            if (!test.selects(place, h, pageViews)) {
                continue;
            }
            long time = time(start, h);
            boolean inPeriod = within || inPeriod(time);
            if (!inPeriod && !started) {
                continue;
            }
            any = true;
            if (!settled) {
                scratch.buckets(time);
            }
            int pageView = inPeriod && columns.isPage(h) ? 1 : 0;
            int event = inPeriod ? 1 - pageView : 0;
            addOne(h, pageView, inPeriod, before);
            if (out.hits != null) {
                addHit(place, h, pageView, event);
            }
        }
        return any;
    }

    /** The hits of a visit all of whose hits are selected. */
    private void allHits(int place, long start, int firstHit, int count) {
        if (settled) {
            for (int h = firstHit; h < firstHit + count; h++) {
                scratch.hitPlaces.add(h);
            }
            if (usesHosts) {
                scratch.visitPlaces.addSame(place, count);
            }
            return;
        }
        boolean started = within || inPeriod(start);
        for (int h = firstHit; h < firstHit + count; h++) {
            long time = start + offsets.get(h);
            boolean inPeriod = within || inPeriod(time);
            if (inPeriod || started) {
                if (timesOfHits) {
                    scratch.buckets(time);
                }
                int pageView = inPeriod && columns.isPage(h) ? 1 : 0;
                addHit(place, h, pageView, inPeriod ? 1 - pageView : 0);
            }
        }
    }

    private void addHit(int place, int h, int pageView, int event) {
        if (ids != null) {
            out.hitVisits.add(ids.get(place));
        }
        scratch.hitPlaces.add(h);
        if (usesHosts) {
            scratch.visitPlaces.add(place);
        }
        if (!settled) {
            out.hits.add(scratch.bucket, pageView, event);
        }
    }

    /** Adds what is counted of the first so many visits in {@link #places}. */
    private void visits(int n) throws SQLException {
        Packed visitors = segment.column(PackColumn.VISITOR);
        int[] places = places();
        Packed engaged = segment.column(PackColumn.ENGAGED);
        int from = out.visits();
        out.visitor.addAll(visitors, places, n);
        out.engagedMillis.addAll(engaged, places, n);
        out.seconds.addAll(lengths, places, n);
        out.bounce.room(n);
        for (int i = from; i < from + n; i++) {
            int place = places[i - from];
            out.seconds.values[i] /= 1000;
            boolean one = counts.getInt(place) == 1 && pages.getInt(place) == 1;
            out.bounce.add(one && out.engagedMillis.values[i] < Visit.ENGAGED_MILLIS ? 1 : 0);
        }
        if (settled) {
            out.started.addSame(1, n);
            for (int c = 0; c < scratch.clocks.length; c++) {
                out.startBuckets[c].addSame(scratch.bucket[c], n);
            }
        } else {
            starts(n, from);
        }
        for (int c = 0; c < out.visitColumns.length; c++) {
            out.visitColumns[c].addAll(segment.column(selection.visitColumns.get(c)), places, n);
        }
    }

    /** Adds when the first so many visits in {@link #places} started. */
    private void starts(int n, int from) {
        for (int i = 0; i < n; i++) {
            long start = start(places()[i]);
            boolean started = within || inPeriod(start);
            out.started.add(started ? 1 : 0);
            if (!started) { // what only visits count that started in the period
                out.bounce.values[from + i] = 0;
                out.seconds.values[from + i] = 0;
                out.engagedMillis.values[from + i] = 0;
            }
            for (int c = 0; c < scratch.clocks.length; c++) {
                out.startBuckets[c].add(scratch.clocks[c].bucket(start));
            }
        }
    }
}
