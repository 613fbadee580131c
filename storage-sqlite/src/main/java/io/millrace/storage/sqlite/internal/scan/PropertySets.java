package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Filter;
import io.millrace.engine.Property;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.pack.Segment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a selection asks for of the property sets of a segment, decided once for each set, by its number; 0 is no set.
 * Thread-safe.
 */
public final class PropertySets {
    private final Segment segment;
    private final Selection selection;
    private Map<Filter, ValueSet> filters;
    private List<int[]> values;

    PropertySets(Segment segment, Selection selection) {
        this.segment = segment;
        this.selection = selection;
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
        for (Property property : selection.properties()) {
            values.add(
                    selection.labels == null
                            ? numbers(SqlJson.values(sets, property.key()))
                            : selection.labels.numbers(sets));
        }
        Map<Filter, ValueSet> selected = new HashMap<>();
        for (Filter filter : selection.propertyFilters) {
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

    private int[] numbers(List<String> each) {
        int[] numbers = new int[each.size() + 1];
        for (int i = 0; i < each.size(); i++) {
            numbers[i + 1] = selection.propertyValues.number(each.get(i));
        }
        return numbers;
    }
}
