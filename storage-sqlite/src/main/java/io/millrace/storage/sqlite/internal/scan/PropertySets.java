package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Filter;
import io.millrace.engine.Property;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a selection asks for of the property sets of a segment, decided once for each set, by its number; 0 is no set.
 * Thread-safe.
 */
public final class PropertySets {
    private final Segment segment;
    private final Collection<Filter> selecting;
    private final List<Property> counted;
    private final PropertyValues numbers;
    private final PropertyLabels labels;
    private Map<Filter, ValueSet> filters;
    private List<int[]> values;

    /**
     * @param selecting the selection's filters by properties
     * @param counted the properties that are counted by
     * @param numbers of values
     * @param labels what of the sets is counted, whatever the property; null: the property's value
     */
    PropertySets(
            Segment segment,
            Collection<Filter> selecting,
            List<Property> counted,
            PropertyValues numbers,
            PropertyLabels labels) {
        this.segment = segment;
        this.selecting = selecting;
        this.counted = counted;
        this.numbers = numbers;
        this.labels = labels;
    }

    /** The sets that each of the selection's filters by a property selects. */
    synchronized Map<Filter, ValueSet> filters() throws SQLException {
        read();
        return filters;
    }

    /** The number of the value in each set, for each property that is counted by. */
    public synchronized List<int[]> values() throws SQLException {
        read();
        return values;
    }

    private void read() throws SQLException {
        if (filters != null) {
            return;
        }
        List<String> sets = segment.props();
        values = new ArrayList<>();
        for (Property property : counted) {
            values.add(labels == null ? numbersOf(SqlJson.values(sets, property.key())) : labels.numbers(sets));
        }
        Map<Filter, ValueSet> selected = new HashMap<>();
        for (Filter filter : selecting) {
            selected.put(filter, matching(filter, sets));
        }
        filters = selected;
    }

    private static ValueSet matching(Filter filter, List<String> sets) {
        Filter positive = filter.positive();
        BitSet numbers = new BitSet();
        numbers.set(0, positive.test(null));
        List<String> each = SqlJson.values(sets, ((Property) filter.dimension()).key());
        for (int i = 0; i < each.size(); i++) {
            numbers.set(i + 1, positive.test(each.get(i)));
        }
        return new ValueSet(numbers, filter.negated());
    }

    private int[] numbersOf(List<String> each) {
        int[] found = new int[each.size() + 1];
        for (int i = 0; i < each.size(); i++) {
            found[i + 1] = numbers.number(each.get(i));
        }
        return found;
    }
}
