package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Period;
import io.millrace.engine.Property;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/**
 * Takes out of a segment what a selection selects, a range of visitors at a time, upwards. A column at a time where it can: that
 * is what compilers make fast. Not thread-safe.
 */
final class Gatherer {
    private final Segment segment;
    private final Selection selection;
    private final Scratch scratch;
    private final Gathered out;
    private final Period period;
    private final boolean usesPaths;
    private final boolean usesHosts;
    private final boolean onHits;
    private final boolean within;
    private final boolean filtered;
    private final boolean timesOfHits;

    /** The first visit and hit that no range has had. */
    private int visit;

    private int hit;

    private boolean opened;
    private BitSet gone;

    /** What selects hits, those by what custom events alone have apart from the others. */
    private final List<Selection.HitFilter> ofHits = new ArrayList<>();

    private final List<Selection.HitFilter> ofEvents = new ArrayList<>();

    /** Those of them that are not negated: one event has to pass all. */
    private final List<Selection.HitFilter> together = new ArrayList<>();

    /** For each attribute of hits that is counted by: the number of its value by the number in the column; null: the same. */
    private int[][] hitValues;

    // The columns, while a range is gathered.
    private Packed counts;
    private Packed pages;
    private Packed offsets;
    private Packed names;
    private Packed sets;
    private Packed path;
    private Packed hitHost;
    private Packed visitHost;
    private Packed ids;

    Gatherer(Segment segment, Selection selection, Scratch scratch) {
        this.segment = segment;
        this.selection = selection;
        this.scratch = scratch;
        this.out = scratch.gathered;
        this.period = selection.period;
        this.usesPaths = selection.uses(Dimension.PAGE);
        this.usesHosts = selection.uses(Dimension.HOSTNAME);
        this.onHits = selection.onHits();
        this.filtered = selection.filtersHits();
        this.timesOfHits = !selection.timesOfHits.isEmpty();
        this.within = segment.earliest() >= period.from() && segment.latest() < period.to();
    }

    /** Adds what it has of the visitors up to this number, exclusive, but from another one. */
    void gather(long firstVisitor, long endVisitor) throws SQLException {
        Packed visitors = segment.column(PackColumn.VISITOR);
        int begin = find(visitors, visit, segment.visits(), firstVisitor);
        int end = find(visitors, begin, segment.visits(), endVisitor);
        if (begin == end) {
            return;
        }
        boolean byHit = open();
        if (byHit) {
            for (int v = visit; v < begin; v++) {
                hit += counts.getInt(v);
            }
        }
        if (!opened) {
            prepare();
            opened = true;
        }
        visit = begin;
        int n = select(begin, end);
        Packed starts = segment.column(PackColumn.START);
        Packed lengths = segment.column(PackColumn.LENGTH);
        n = byHit ? partsOfHits(n, end, starts, lengths) : partsOfVisits(n);
        visit = end;
        visits(n, visitors, starts, lengths);
    }

    /** Takes of the segment what holds for all ranges. */
    private void prepare() throws SQLException {
        gone = segment.gone();
        List<Selection.HitFilter> filters = new ArrayList<>(selection.hitFilters);
        hitValues = new int[selection.hitValues.size()][];
        if (selection.usesProperties()) {
            PropertySets properties = selection.properties(segment);
            for (int i = 0; i < selection.propertyFilters.size(); i++) {
                filters.add(new Selection.HitFilter(
                        selection.propertyFilters.get(i).dimension(),
                        properties.filters().get(i)));
            }
            Iterator<int[]> values = properties.values().iterator();
            for (int i = 0; i < hitValues.length; i++) {
                hitValues[i] = selection.hitValues.get(i) instanceof Property ? values.next() : null;
            }
        }
        filters.forEach(f -> (f.dimension().ofEvents() ? ofEvents : ofHits).add(f));
        ofEvents.stream().filter(f -> !f.values().negated()).forEach(together::add);
    }

    /** The first place from one on whose number is not less. */
    private static int find(Packed sorted, int from, int size, long number) {
        int low = from;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle) < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Opens the columns that are needed; whether those of hits are. */
    private boolean open() throws SQLException {
        counts = segment.column(PackColumn.HITS);
        pages = segment.column(PackColumn.PAGES);
        ids = out.hitTimes == null ? null : segment.column(PackColumn.ID);
        boolean byHit = onHits || !within || scratch.clocks.length > 0;
        if (byHit) {
            offsets = segment.column(PackColumn.OFFSET);
            names = segment.column(PackColumn.NAME);
        }
        if (selection.usesProperties()) {
            sets = segment.column(PackColumn.PROPS);
        }
        if (usesPaths) {
            path = segment.column(PackColumn.PATH);
        }
        if (usesHosts) {
            hitHost = segment.column(PackColumn.HIT_HOST);
            visitHost = segment.column(PackColumn.HOST);
        }
        return byHit;
    }

    /** Puts the visits whose own attributes are selected into {@code scratch.places}; how many. */
    private int select(int begin, int end) throws SQLException {
        int[] places = scratch.places(end - begin);
        int n = 0;
        for (int v = begin; v < end; v++) {
            places[n++] = v;
        }
        for (Selection.VisitFilter filter : selection.visitFilters) {
            Packed column = segment.column(filter.column());
            ValueSet values = filter.values();
            int kept = 0;
            for (int i = 0; i < n; i++) {
                places[kept] = places[i];
                kept += values.selects(column.getInt(places[i])) ? 1 : 0;
            }
            n = kept;
        }
        return gone == null ? n : withoutGone(places, n);
    }

    private int withoutGone(int[] places, int n) {
        int kept = 0;
        for (int i = 0; i < n; i++) {
            places[kept] = places[i];
            kept += gone.get(places[i]) ? 0 : 1;
        }
        return kept;
    }

    private int partsOfVisits(int n) {
        Gathered.Parts parts = out.parts;
        int from = parts.size();
        parts.pageViews.addAll(pages, scratch.places, n);
        parts.events.addAll(counts, scratch.places, n);
        parts.end.room(n);
        for (int i = 0; i < n; i++) {
            parts.events.values[from + i] -= parts.pageViews.values[from + i];
            parts.end.add(from + i + 1);
        }
        return n;
    }

    private int partsOfHits(int n, int end, Packed starts, Packed lengths) {
        int[] places = scratch.places;
        int kept = 0;
        int v = visit;
        for (int i = 0; i < n; i++) {
            for (; v < places[i]; v++) {
                hit += counts.getInt(v);
            }
            int count = counts.getInt(v);
            long start = segment.dayStart() + starts.get(v);
            places[kept] = v;
            boolean matters =
                    filtered ? hitByHit(v, start, hit, count) : whole(start, lengths.get(v), count, pages.getInt(v));
            if (matters && out.hits != null && !filtered) {
                allHits(v, start, hit, count);
            }
            if (matters) {
                kept++;
                out.parts.end.add(out.parts.size());
                if (out.hits != null) {
                    out.hits.end.add(out.hits.size());
                }
            }
        }
        for (; v < end; v++) {
            hit += counts.getInt(v);
        }
        return kept;
    }

    private boolean inPeriod(long time) {
        return time >= period.from() && time < period.to();
    }

    /** The parts of a visit all of whose hits are selected; whether it has any hit or its start in the period. */
    private boolean whole(long start, long length, int count, int pageViews) {
        if (within && inOneBucket(start, start + length)) {
            add(pageViews, count - pageViews, -1);
            return true;
        }
        boolean any = inPeriod(start);
        int before = out.parts.size();
        for (int h = hit; h < hit + count; h++) {
            long time = start + offsets.get(h);
            if (within || inPeriod(time)) {
                scratch.buckets(time);
                boolean page = names.get(h) == 0;
                add(page ? 1 : 0, page ? 0 : 1, before);
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

    /** The parts of a visit some of whose hits may be selected; whether one is that matters. */
    private boolean hitByHit(int place, long start, int firstHit, int count) {
        boolean any = false;
        boolean started = inPeriod(start);
        int before = out.parts.size();
        boolean pageViews = pageViews(firstHit, count);
        for (int h = firstHit; h < firstHit + count; h++) {
            if (!(names.get(h) == 0 ? pageViews : event(h)) || !selected(place, h)) {
                continue;
            }
            long time = start + offsets.get(h);
            boolean inPeriod = within || inPeriod(time);
            if (!inPeriod && !started) {
                continue;
            }
            any = true;
            scratch.buckets(time);
            int pageView = inPeriod && names.get(h) == 0 ? 1 : 0;
            int event = inPeriod ? 1 - pageView : 0;
            add(pageView, event, before);
            if (out.hits != null) {
                addHit(place, h, time, pageView, event);
            }
        }
        return any;
    }

    /** The hits of a visit all of whose hits are selected. */
    private void allHits(int place, long start, int firstHit, int count) {
        boolean started = within || inPeriod(start);
        for (int h = firstHit; h < firstHit + count; h++) {
            long time = start + offsets.get(h);
            boolean inPeriod = within || inPeriod(time);
            if (inPeriod || started) {
                if (timesOfHits) {
                    scratch.buckets(time);
                }
                int pageView = inPeriod && names.get(h) == 0 ? 1 : 0;
                addHit(place, h, time, pageView, inPeriod ? 1 - pageView : 0);
            }
        }
    }

    private void addHit(int place, int h, long time, int pageView, int event) {
        if (ids != null) {
            out.hitTimes.add(time);
            out.hitVisits.add(ids.get(place));
        }
        for (int i = 0; i < out.hits.hitValues.length; i++) {
            int number = value(selection.hitValues.get(i), place, h);
            out.hits.hitValues[i].add(hitValues[i] == null ? number : hitValues[i][number]);
        }
        out.hits.add(scratch.bucket, pageView, event);
    }

    private int value(Attribute attribute, int place, int h) {
        if (attribute instanceof Property) {
            return sets.getInt(h);
        }
        return switch ((Dimension) attribute) {
            case PAGE -> path.getInt(h);
            case EVENT -> names.getInt(h);
            case HOSTNAME -> hitHost.get(h) == 0 ? visitHost.getInt(place) : hitHost.getInt(h) - 1;
            default -> throw new IllegalArgumentException(attribute + " is not of a hit");
        };
    }

    private boolean selected(int place, int h) {
        for (Selection.HitFilter filter : ofHits) {
            if (!filter.values().selects(value(filter.dimension(), place, h))) {
                return false;
            }
        }
        return true;
    }

    /** Whether what custom events alone have selects this one. */
    private boolean event(int h) {
        for (Selection.HitFilter filter : ofEvents) {
            if (!filter.values().selects(value(filter.dimension(), 0, h))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether what custom events alone have selects the page views of a visit: they lack it themselves, or one of the visit's
     * events passes all that are not negated, and none of them has what the negated ones are about.
     */
    private boolean pageViews(int firstHit, int count) {
        boolean found = true;
        for (Selection.HitFilter filter : ofEvents) {
            ValueSet values = filter.values();
            if (!values.negated()) {
                found &= values.matches(0);
            } else if (values.matches(0) || has(List.of(filter), firstHit, count)) {
                return false;
            }
        }
        return found || has(together, firstHit, count);
    }

    /** Whether a visit has a custom event that has what all of these are about. */
    private boolean has(List<Selection.HitFilter> filters, int firstHit, int count) {
        for (int h = firstHit; h < firstHit + count; h++) {
            boolean all = names.get(h) != 0;
            for (int i = 0; all && i < filters.size(); i++) {
                all = filters.get(i).values().matches(value(filters.get(i).dimension(), 0, h));
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /** Adds what is counted of the first so many visits in {@code scratch.places}. */
    private void visits(int n, Packed visitors, Packed starts, Packed lengths) throws SQLException {
        int[] places = scratch.places;
        Packed engaged = segment.column(PackColumn.ENGAGED);
        int from = out.visits();
        out.visitor.addAll(visitors, places, n);
        out.engagedMillis.addAll(engaged, places, n);
        out.seconds.addAll(lengths, places, n);
        out.started.room(n);
        out.bounce.room(n);
        for (int i = 0; i < n; i++) {
            out.seconds.values[from + i] /= 1000;
            long start = segment.dayStart() + starts.get(places[i]);
            boolean started = within || inPeriod(start);
            boolean one = counts.get(places[i]) == 1 && pages.get(places[i]) == 1;
            boolean bounce = one && out.engagedMillis.values[from + i] < Visit.ENGAGED_MILLIS;
            out.started.add(started ? 1 : 0);
            out.bounce.add(started && bounce ? 1 : 0);
            if (!started) { // what only visits count that started in the period
                out.seconds.values[from + i] = 0;
                out.engagedMillis.values[from + i] = 0;
            }
            for (int c = 0; c < scratch.clocks.length; c++) {
                out.startBuckets[c].add(scratch.clocks[c].bucket(start));
            }
        }
        for (int c = 0; c < out.visitColumns.length; c++) {
            out.visitColumns[c].addAll(segment.column(selection.visitColumns.get(c)), places, n);
        }
    }
}
