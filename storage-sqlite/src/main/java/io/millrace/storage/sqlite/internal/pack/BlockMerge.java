package io.millrace.storage.sqlite.internal.pack;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Puts segments of one day together, without what is gone. Stateless. */
public final class BlockMerge {
    /** A visit of one of the segments. */
    private record Place(int segment, int visit, int firstHit, long visitor, long id) {}

    private BlockMerge() {}

    public static VisitBlock of(int day, List<? extends Segment> segments, Pace pace) throws SQLException {
        VisitBlock block = new VisitBlock(day);
        List<Place> places = new ArrayList<>();
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
                if (gone == null || !gone.get(v)) {
                    places.add(new Place(
                            s, v, hit, get(columns[s], PackColumn.VISITOR, v), get(columns[s], PackColumn.ID, v)));
                }
                hit += (int) get(columns[s], PackColumn.HITS, v);
            }
        }
        places.sort(Comparator.comparingLong(Place::visitor).thenComparingLong(Place::id));
        for (Place place : places) {
            pace.step();
            add(block, columns[place.segment()], props.get(place.segment()), place);
        }
        return block;
    }

    private static long get(Packed[] columns, PackColumn column, int at) {
        return columns[column.ordinal()].get(at);
    }

    private static void add(VisitBlock block, Packed[] columns, List<String> props, Place place) {
        int visit = block.addVisit();
        for (PackColumn column : PackColumn.values()) {
            if (!column.ofHits() && column != PackColumn.HITS) {
                block.set(column, visit, get(columns, column, place.visit()));
            }
        }
        long start = block.dayStart() + get(columns, PackColumn.START, place.visit());
        block.covers(start, 0);
        int hits = (int) get(columns, PackColumn.HITS, place.visit());
        for (int h = place.firstHit(); h < place.firstHit() + hits; h++) {
            int hit = block.addHit();
            for (PackColumn column : PackColumn.values()) {
                if (column.ofHits()) {
                    block.set(column, hit, get(columns, column, h));
                }
            }
            int set = (int) get(columns, PackColumn.PROPS, h);
            block.set(PackColumn.PROPS, hit, set == 0 ? 0 : block.number(props.get(set - 1)));
            long offset = get(columns, PackColumn.OFFSET, h);
            block.covers(start + offset, offset);
        }
    }
}
