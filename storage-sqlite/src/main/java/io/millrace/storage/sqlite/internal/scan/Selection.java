package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Attribute;
import io.millrace.engine.Completed;
import io.millrace.engine.Condition;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.engine.Reached;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.pack.Segment;
import io.millrace.storage.sqlite.internal.sql.Columns;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What several queries of one site, period, zone and filters have in common: which visits and hits they are of, and what of
 * them is needed. Thread-safe.
 */
public final class Selection {
    /** An attribute of visits that is selected by. */
    record VisitFilter(PackColumn column, ValueSet values) {}

    /**
     * Visits that have a hit that all filters of one of these lists select.
     *
     * @param selected whether it is these that are selected, and not the others
     */
    record GoalFilter(Collection<List<Filter>> goals, boolean selected) {}

    /**
     * An attribute of visits that is counted by.
     *
     * @param column the place of its column among {@link #visitColumns}
     * @param values the number of the text by the number in the column; null: it is the same
     */
    public record VisitValues(Attribute dimension, int column, int[] values) {
        public int value(int number) {
            return values == null ? number : values[number];
        }
    }

    public final Period period;
    final ZoneId zone;
    final List<VisitFilter> visitFilters = new ArrayList<>();
    final List<GoalFilter> goalFilters = new ArrayList<>();

    /** Those by attributes of hits. */
    final List<Filter> hitFilters = new ArrayList<>();

    /** What filters by attributes of hits select, those of goals too; but by properties: each segment numbers its sets by itself. */
    private final Map<Filter, ValueSet> hitValuesOf = new HashMap<>();

    /** Those by properties. */
    final Set<Filter> propertyFilters = new LinkedHashSet<>();

    public final List<VisitValues> visitValues = new ArrayList<>();
    public final List<PackColumn> visitColumns = new ArrayList<>();
    public final List<Attribute> hitValues;
    final List<Attribute> times;
    public final PropertyValues propertyValues = new PropertyValues();
    /** What of property sets is counted, whatever the property; null: the property's value. */
    final PropertyLabels labels;

    private final Map<Segment, PropertySets> propertySets = new ConcurrentHashMap<>();

    /** Whether it is counted how long and how far page views were read. */
    final boolean reading;

    /** Whether it is counted by nothing that tells the hits of a visit apart but their times. */
    final boolean readingVisits;

    /** Those that are asked for together with an attribute of hits. */
    final List<Attribute> timesOfHits;

    private Selection(Query like, Collection<Query> queries, PropertyLabels labels) {
        this.labels = labels;
        this.period = like.period();
        this.zone = like.zone();
        this.reading = queries.stream().anyMatch(Selection::reading);
        this.readingVisits = queries.stream()
                .anyMatch(q -> reading(q) && q.dimensions().stream().noneMatch(d -> d.kind() == Attribute.Kind.HIT));
        this.hitValues = dimensions(queries, Attribute.Kind.HIT);
        this.times = dimensions(queries, Attribute.Kind.TIME);
        boolean together = queries.stream()
                .anyMatch(q -> q.dimensions().stream()
                        .map(Attribute::kind)
                        .collect(Collectors.toSet())
                        .containsAll(Set.of(Attribute.Kind.HIT, Attribute.Kind.TIME)));
        this.timesOfHits = together ? times : List.of();
    }

    private static boolean reading(Query query) {
        return !Collections.disjoint(query.metrics(), Metric.READING);
    }

    static Selection of(StatementCache sql, TupleValues tuples, Collection<Query> queries) throws SQLException {
        return of(sql, tuples, queries, null);
    }

    /**
     * Of one query.
     *
     * @param more filters by attributes of hits that do not select, but are asked about
     */
    public static Selection of(StatementCache sql, TupleValues tuples, Query query, Collection<Filter> more)
            throws SQLException {
        Selection selection = of(sql, tuples, List.of(query), null);
        for (Filter filter : more) {
            selection.resolve(sql, filter);
        }
        return selection;
    }

    /** @param labels what of property sets is counted, whatever the property; null: the property's value */
    static Selection of(StatementCache sql, TupleValues tuples, Collection<Query> queries, PropertyLabels labels)
            throws SQLException {
        Query like = queries.iterator().next();
        Selection selection = new Selection(like, queries, labels);
        for (Filter filter : like.filters()) {
            selection.select(sql, filter);
        }
        for (Attribute dimension : dimensions(queries, Attribute.Kind.VISIT)) {
            Columns.Column column = Columns.of(dimension);
            int[] values = column.table() == null ? null : tuples.column(sql, column.table(), column.name());
            if (!selection.visitColumns.contains(PackColumn.of(dimension))) {
                selection.visitColumns.add(PackColumn.of(dimension));
            }
            int at = selection.visitColumns.indexOf(PackColumn.of(dimension));
            selection.visitValues.add(new VisitValues(dimension, at, values));
        }
        return selection;
    }

    private static List<Attribute> dimensions(Collection<Query> queries, Attribute.Kind kind) {
        return queries.stream()
                .flatMap(q -> q.dimensions().stream())
                .filter(d -> d.kind() == kind)
                .distinct()
                .toList();
    }

    private void select(StatementCache sql, Filter filter) throws SQLException {
        Attribute dimension = filter.dimension();
        if (dimension instanceof Completed completed) {
            goalFilters.add(new GoalFilter(completed.goals().values(), filter.test(Condition.YES)));
            for (List<Filter> goal : completed.goals().values()) {
                for (Filter one : goal) {
                    resolve(sql, one);
                }
            }
        } else if (dimension.kind() == Attribute.Kind.HIT) {
            hitFilters.add(filter);
            resolve(sql, filter);
        } else {
            Columns.Column column = Columns.of(dimension);
            ValueSet values =
                    column.table() == null ? ValueSet.ofTexts(sql, filter) : ValueSet.ofTuples(sql, filter, column);
            visitFilters.add(new VisitFilter(PackColumn.of(dimension), values));
        }
    }

    private void resolve(StatementCache sql, Filter filter) throws SQLException {
        if (filter.dimension() instanceof Property) {
            propertyFilters.add(filter);
        } else if (!hitValuesOf.containsKey(filter)) {
            boolean reached = filter.dimension() instanceof Reached;
            hitValuesOf.put(filter, reached ? ValueSet.ofCondition(filter) : ValueSet.ofTexts(sql, filter));
        }
    }

    /** Whether hits must be looked at one by one. */
    public boolean onHits() {
        return filtersHits() || !hitValues.isEmpty() || !goalFilters.isEmpty() || reading;
    }

    public boolean filtersHits() {
        return !hitFilters.isEmpty();
    }

    /** What each filter by an attribute of hits selects, by the number of the hit's text; but by properties. */
    public Map<Filter, ValueSet> hitValuesEverywhere() {
        return Collections.unmodifiableMap(hitValuesOf);
    }

    /** What each filter by an attribute of hits selects, by the number of the hit's text, or of its property set. */
    Map<Filter, ValueSet> hitValuesIn(Segment segment) throws SQLException {
        if (propertyFilters.isEmpty()) {
            return hitValuesOf;
        }
        Map<Filter, ValueSet> all = new HashMap<>(hitValuesOf);
        all.putAll(properties(segment).filters());
        return all;
    }

    /** What it asks for of the property sets of a segment. */
    public PropertySets properties(Segment segment) {
        return propertySets.computeIfAbsent(
                segment, s -> new PropertySets(s, propertyFilters, properties(), propertyValues, labels));
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
    public boolean uses(Dimension ofHits) {
        return hitValues.contains(ofHits) || hitValuesOf.keySet().stream().anyMatch(f -> f.dimension() == ofHits);
    }

    /** Whether it asks how far and how long pages were read. */
    boolean usesEngagement() {
        return reading
                || hitValuesOf.keySet().stream()
                        .anyMatch(f -> f.dimension() instanceof Reached reached
                                && (reached.scroll() > 0 || reached.engagedMillis() > 0));
    }
}
