package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.sql.Columns;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What several queries of one site, period, zone and filters have in common: which visits and hits they are of, and what of
 * them is needed. Thread-safe.
 */
final class Selection {
    /** An attribute of visits that is selected by. */
    record VisitFilter(PackColumn column, ValueSet values) {}

    /**
     * An attribute of hits that is selected by.
     *
     * @param values by the number of the hit's text, or of its property set
     */
    record HitFilter(Attribute dimension, ValueSet values) {}

    /**
     * An attribute of visits that is counted by.
     *
     * @param column the place of its column among {@link #visitColumns}
     * @param values the number of the text by the number in the column; null: it is the same
     */
    record VisitValues(Attribute dimension, int column, int[] values) {
        int value(int number) {
            return values == null ? number : values[number];
        }
    }

    final Period period;
    final ZoneId zone;
    final List<VisitFilter> visitFilters = new ArrayList<>();
    final List<HitFilter> hitFilters = new ArrayList<>();

    /** Those by properties: each segment numbers its property sets by itself. */
    final List<Filter> propertyFilters = new ArrayList<>();

    final List<VisitValues> visitValues = new ArrayList<>();
    final List<PackColumn> visitColumns = new ArrayList<>();
    final List<Attribute> hitValues;
    final List<Attribute> times;
    final PropertyValues propertyValues = new PropertyValues();
    /** What of property sets is counted, whatever the property; null: the property's value. */
    final PropertyLabels labels;

    private final Map<Segment, PropertySets> propertySets = new ConcurrentHashMap<>();

    /** Those that are asked for together with an attribute of hits. */
    final List<Attribute> timesOfHits;

    private Selection(Query like, Collection<Query> queries, PropertyLabels labels) {
        this.labels = labels;
        this.period = like.period();
        this.zone = like.zone();
        this.hitValues = dimensions(queries, Dimension.Kind.HIT);
        this.times = dimensions(queries, Dimension.Kind.TIME);
        boolean together = queries.stream()
                .anyMatch(q -> q.dimensions().stream()
                        .map(Attribute::kind)
                        .collect(Collectors.toSet())
                        .containsAll(Set.of(Dimension.Kind.HIT, Dimension.Kind.TIME)));
        this.timesOfHits = together ? times : List.of();
    }

    static Selection of(StatementCache sql, TupleValues tuples, Collection<Query> queries) throws SQLException {
        return of(sql, tuples, queries, null);
    }

    /** @param labels what of property sets is counted, whatever the property; null: the property's value */
    static Selection of(StatementCache sql, TupleValues tuples, Collection<Query> queries, PropertyLabels labels)
            throws SQLException {
        Query like = queries.iterator().next();
        Selection selection = new Selection(like, queries, labels);
        for (Filter filter : like.filters()) {
            selection.select(sql, filter);
        }
        for (Attribute dimension : dimensions(queries, Dimension.Kind.VISIT)) {
            Columns.Column column = Columns.of(dimension);
            int[] values = column.table() == null ? null : tuples.column(sql, column.table(), column.name());
            if (!selection.visitColumns.contains(packed(dimension))) {
                selection.visitColumns.add(packed(dimension));
            }
            int at = selection.visitColumns.indexOf(packed(dimension));
            selection.visitValues.add(new VisitValues(dimension, at, values));
        }
        return selection;
    }

    private static List<Attribute> dimensions(Collection<Query> queries, Dimension.Kind kind) {
        return queries.stream()
                .flatMap(q -> q.dimensions().stream())
                .filter(d -> d.kind() == kind)
                .distinct()
                .toList();
    }

    private void select(StatementCache sql, Filter filter) throws SQLException {
        Attribute dimension = filter.dimension();
        if (dimension instanceof Property) {
            propertyFilters.add(filter);
        } else if (dimension.kind() == Dimension.Kind.HIT) {
            hitFilters.add(new HitFilter(dimension, ValueSet.ofTexts(sql, filter)));
        } else {
            Columns.Column column = Columns.of(dimension);
            ValueSet values =
                    column.table() == null ? ValueSet.ofTexts(sql, filter) : ValueSet.ofTuples(sql, filter, column);
            visitFilters.add(new VisitFilter(packed(dimension), values));
        }
    }

    /** Whether hits must be looked at one by one. */
    boolean onHits() {
        return filtersHits() || !hitValues.isEmpty();
    }

    boolean filtersHits() {
        return !hitFilters.isEmpty() || !propertyFilters.isEmpty();
    }

    /** What it asks for of the property sets of a segment. */
    PropertySets properties(Segment segment) {
        return propertySets.computeIfAbsent(segment, s -> new PropertySets(s, this));
    }

    /** Whether it asks for properties. */
    boolean usesProperties() {
        return !propertyFilters.isEmpty() || !properties().isEmpty();
    }

    /** Those that are counted by, as they stand among {@link #hitValues}. */
    List<Property> properties() {
        return hitValues.stream()
                .filter(Property.class::isInstance)
                .map(Property.class::cast)
                .toList();
    }

    /** Whether it asks for an attribute of hits. */
    boolean uses(Dimension ofHits) {
        return hitValues.contains(ofHits) || hitFilters.stream().anyMatch(f -> f.dimension() == ofHits);
    }

    private static PackColumn packed(Attribute dimension) {
        return switch ((Dimension) dimension) {
            case SOURCE, CHANNEL, REFERRER, UTM_SOURCE, UTM_MEDIUM, UTM_CAMPAIGN, UTM_TERM, UTM_CONTENT ->
                PackColumn.ORIGIN;
            case COUNTRY, REGION, CITY -> PackColumn.PLACE;
            case BROWSER, OS, DEVICE -> PackColumn.AGENT;
            case ENTRY_PAGE -> PackColumn.ENTRY;
            case EXIT_PAGE -> PackColumn.EXIT;
            case LANGUAGE -> PackColumn.LANGUAGE;
            case SCREEN -> PackColumn.SCREEN;
            case PAGE, HOSTNAME, EVENT, HOUR, DAY, WEEK, MONTH ->
                throw new IllegalArgumentException(dimension + " is not of a visit");
        };
    }
}
