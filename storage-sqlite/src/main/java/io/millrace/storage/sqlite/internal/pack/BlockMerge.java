package io.millrace.storage.sqlite.internal.pack;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Segments of one day put together, without what is gone. It makes a column when it is asked for, in one array for all of them: whole
 * blocks of arrays are old before they are written, and fill the heap with what is no longer needed.
 */
public final class BlockMerge extends VisitBlock {
    /** A visit of one of the segments. */
    private record Place(int segment, int visit, int firstHit, int hits, long visitor, long id) {}

    private final List<Place> places;
    private final Packed[][] columns;
    private final List<List<String>> props;
    private final Pace pace;
    private final long[] values;

    private BlockMerge(int day, List<Place> places, int hits, Packed[][] columns, List<List<String>> props, Pace pace) {
        super(day, places.size(), hits);
        this.places = places;
        this.columns = columns;
        this.props = props;
        this.pace = pace;
        this.values = new long[Math.max(places.size(), hits)];
        places.forEach(this::add);
    }

    public static VisitBlock of(int day, List<? extends Segment> segments, Pace pace) throws SQLException {
        List<Place> places = new ArrayList<>();
        int hits = 0;
        Packed[][] columns = new Packed[segments.size()][];
        List<List<String>> props = new ArrayList<>();
        for (int s = 0; s < segments.size(); s++) {
            Segment segment = segments.get(s);
            columns[s] = new Packed[PackColumn.values().length];
            for (PackColumn column : PackColumn.values()) {
                pace.rest();
                columns[s][column.ordinal()] = segment.column(column);
            }
            props.add(segment.props());
            BitSet gone = segment.gone();
            int hit = 0;
            for (int v = 0; v < segment.visits(); v++) {
                int ofVisit = (int) get(columns[s], PackColumn.HITS, v);
                if (gone == null || !gone.get(v)) {
                    long visitor = get(columns[s], PackColumn.VISITOR, v);
                    places.add(new Place(s, v, hit, ofVisit, visitor, get(columns[s], PackColumn.ID, v)));
                    hits += ofVisit;
                }
                hit += ofVisit;
            }
        }
        places.sort(Comparator.comparingLong(Place::visitor).thenComparingLong(Place::id));
        return new BlockMerge(day, places, hits, columns, props, pace);
    }

    private static long get(Packed[] columns, PackColumn column, int at) {
        return columns[column.ordinal()].get(at);
    }

    private void add(Place place) {
        pace.step();
        Packed[] from = columns[place.segment];
        long start = dayStart() + get(from, PackColumn.START, place.visit);
        covers(start, 0);
        for (int h = place.firstHit; h < place.firstHit + place.hits; h++) {
            long offset = get(from, PackColumn.OFFSET, h);
            covers(start + offset, offset);
            number(place, get(from, PackColumn.PROPS, h));
        }
    }

    private long number(Place place, long set) {
        return set == 0 ? 0 : number(props.get(place.segment).get((int) set - 1));
    }

    @Override
    long[] values(PackColumn column) {
        int at = 0;
        for (Place place : places) {
            pace.step();
            Packed from = columns[place.segment][column.ordinal()];
            if (!column.ofHits()) {
                values[at++] = from.get(place.visit);
                continue;
            }
            for (int h = place.firstHit; h < place.firstHit + place.hits; h++) {
                long value = from.get(h);
                values[at++] = column == PackColumn.PROPS ? number(place, value) : value;
            }
        }
        return values;
    }
}
