package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Property;
import io.millrace.engine.Reached;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which hits of a segment some filters by attributes of hits select. Not thread-safe. */
public final class HitTest {
    /** What filters look at; each column is there when somebody asks for it. */
    public static final class Columns {
        private final boolean usesProperties;
        private final boolean usesPaths;
        private final boolean usesHosts;
        private final boolean usesEngagement;
        private Packed names;
        private Packed sets;
        private Packed paths;
        private Packed hosts;
        private Packed visitHosts;
        private Packed scroll;
        private Packed engaged;

        Columns(Selection selection) {
            usesProperties = selection.usesProperties();
            usesPaths = selection.uses(Dimension.PAGE);
            usesHosts = selection.uses(Dimension.HOSTNAME);
            usesEngagement = selection.usesEngagement();
        }

        /** Opens those that are needed of a segment. */
        public void open(Segment segment) throws SQLException {
            names = segment.column(PackColumn.NAME);
            sets = usesProperties ? segment.column(PackColumn.PROPS) : null;
            paths = usesPaths ? segment.column(PackColumn.PATH) : null;
            if (usesHosts) {
                hosts = segment.column(PackColumn.HIT_HOST);
                visitHosts = segment.column(PackColumn.HOST);
            }
            if (usesEngagement) {
                scroll = segment.column(PackColumn.SCROLL);
                engaged = segment.column(PackColumn.HIT_ENGAGED);
            }
        }

        public boolean isPage(int h) {
            return names.get(h) == 0;
        }

        /** The column of an attribute that hits are counted by. */
        public Packed of(Attribute attribute) {
            if (attribute instanceof Property) {
                return sets;
            }
            return switch ((Dimension) attribute) {
                case PAGE -> paths;
                case EVENT -> names;
                case HOSTNAME -> hosts;
                default -> throw new IllegalArgumentException(attribute + " is not of a hit");
            };
        }

        /**
         * The number of what a hit has of an attribute.
         *
         * @param place of its visit
         */
        public int value(Attribute attribute, int place, int h) {
            if (attribute instanceof Reached reached) {
                return reached(reached, h) ? 1 : 0;
            }
            int number = of(attribute).getInt(h);
            return attribute == Dimension.HOSTNAME ? host(number, place) : number;
        }

        /** Whether a hit is a page view that was read so far and so long. */
        public boolean reached(Reached reached, int h) {
            return isPage(h)
                    && (reached.scroll() == 0 || scroll.get(h) >= reached.scroll())
                    && (reached.engagedMillis() == 0 || engaged.get(h) >= reached.engagedMillis());
        }

        /** How long a hit was read, milliseconds. */
        long engaged(int h) {
            return engaged.get(h);
        }

        /** How far it was read, percent. */
        int scroll(int h) {
            return scroll.getInt(h);
        }

        /** @param number in the column of hits */
        public int host(int number, int place) {
            return number == 0 ? visitHosts.getInt(place) : number - 1;
        }
    }

    /** The numbers that a filter selects. */
    private record Wanted(Attribute attribute, ValueSet values) {}

    private final Columns columns;
    private final List<Wanted> ofHits = new ArrayList<>();

    /** Those by what custom events alone have. */
    private final List<Wanted> ofEvents = new ArrayList<>();

    /** Those of them that are not negated: one event has to pass all. */
    private final List<Wanted> together = new ArrayList<>();

    /** Whether no hit of a visit without custom events is selected. */
    private final boolean needsEvent;

    HitTest(List<Filter> filters, Map<Filter, ValueSet> values, Columns columns) {
        this.columns = columns;
        for (Filter filter : filters) {
            Wanted wanted = new Wanted(filter.dimension(), values.get(filter));
            (filter.dimension().ofEvents() ? ofEvents : ofHits).add(wanted);
        }
        ofEvents.stream().filter(f -> !f.values().negated()).forEach(together::add);
        needsEvent = together.stream().anyMatch(f -> !f.values().matches(0));
    }

    /** Whether a visit may have a selected hit, as its numbers of hits and page views say. */
    public boolean mayHave(int count, int pageViews) {
        return !needsEvent || count > pageViews;
    }

    /** Whether a visit has a selected hit. */
    public boolean has(int place, int firstHit, int count) {
        boolean pageViews = pageViews(firstHit, count);
        for (int h = firstHit; h < firstHit + count; h++) {
            if (selects(place, h, pageViews)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a hit is selected.
     *
     * @param pageViews what {@link #pageViews} says of its visit
     */
    public boolean selects(int place, int h, boolean pageViews) {
        return (columns.isPage(h) ? pageViews : passes(ofEvents, place, h)) && passes(ofHits, place, h);
    }

    private boolean passes(List<Wanted> filters, int place, int h) {
        for (int i = 0; i < filters.size(); i++) {
            Wanted filter = filters.get(i);
            if (!filter.values().selects(columns.value(filter.attribute(), place, h))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether what custom events alone have selects the page views of a visit: they lack it themselves, or one of the visit's
     * events passes all that are not negated, and none of them has what the negated ones are about.
     */
    public boolean pageViews(int firstHit, int count) {
        boolean found = true;
        for (Wanted filter : ofEvents) {
            ValueSet values = filter.values();
            if (!values.negated()) {
                found &= values.matches(0);
            } else if (values.matches(0) || hasEvent(List.of(filter), firstHit, count)) {
                return false;
            }
        }
        return found || hasEvent(together, firstHit, count);
    }

    /** Whether a visit has a custom event that has what all of these are about. */
    private boolean hasEvent(List<Wanted> filters, int firstHit, int count) {
        for (int h = firstHit; h < firstHit + count; h++) {
            boolean all = !columns.isPage(h);
            for (int i = 0; all && i < filters.size(); i++) {
                all = filters.get(i)
                        .values()
                        .matches(columns.value(filters.get(i).attribute(), 0, h));
            }
            if (all) {
                return true;
            }
        }
        return false;
    }
}
