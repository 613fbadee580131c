package io.millrace.storage.sqlite.internal.history;

import io.millrace.engine.Attribute;
import io.millrace.engine.Condition;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Property;
import io.millrace.engine.Reached;
import io.millrace.storage.sqlite.internal.pack.Packed;
import io.millrace.storage.sqlite.internal.scan.HitTest;
import io.millrace.storage.sqlite.internal.scan.ValueSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the steps a hit of a segment takes, as a bit for each: what one attribute allows is looked up for all steps together.
 * For one segment; not thread-safe.
 */
final class StepMarks {
    /**
     * What an attribute allows.
     *
     * @param marks by the number of its value
     * @param others of all other numbers
     */
    record Table(byte[] marks, byte others) {
        int of(int number) {
            return number < marks.length ? marks[number] : others;
        }
    }

    /** A step whose hits must have been read this far, or must not. */
    private record Read(int mark, Reached reached, boolean wanted) {}

    /** What those attributes allow whose values have the same numbers in all segments. */
    static final class Tables {
        private final List<List<Filter>> steps;
        private final Map<Attribute, Table> tables = new HashMap<>();
        private final List<Read> reads = new ArrayList<>();

        /** @param values what the filters of steps select */
        Tables(List<List<Filter>> steps, Map<Filter, ValueSet> values) {
            this.steps = steps;
            for (int step = 0; step < steps.size(); step++) {
                for (Filter filter : steps.get(step)) {
                    if (filter.dimension() instanceof Reached reached) {
                        reads.add(new Read(1 << step, reached, filter.test(Condition.YES)));
                    } else if (!(filter.dimension() instanceof Property)) {
                        tables.computeIfAbsent(filter.dimension(), a -> table(a, steps, values));
                    }
                }
            }
        }
    }

    private final HitTest.Columns columns;
    private final Tables tables;
    private final Table names;
    private final Table paths;
    private final Table hosts;
    private final Map<Attribute, Table> properties = new HashMap<>();
    private final int all;
    private Packed nameOf;
    private Packed pathOf;
    private Packed setOf;

    /** @param values what the filters of steps select in this segment */
    StepMarks(Tables tables, Map<Filter, ValueSet> values, HitTest.Columns columns) {
        this.tables = tables;
        this.columns = columns;
        this.all = (1 << tables.steps.size()) - 1;
        this.names = tables.tables.get(Dimension.EVENT);
        this.paths = tables.tables.get(Dimension.PAGE);
        this.hosts = tables.tables.get(Dimension.HOSTNAME);
        tables.steps.stream()
                .flatMap(List::stream)
                .map(Filter::dimension)
                .filter(Property.class::isInstance)
                .forEach(key -> properties.computeIfAbsent(key, k -> table(k, tables.steps, values)));
    }

    private static Table table(Attribute attribute, List<List<Filter>> steps, Map<Filter, ValueSet> values) {
        int size = steps.stream()
                .flatMap(List::stream)
                .filter(f -> f.dimension().equals(attribute))
                .mapToInt(f -> values.get(f).numbers().length())
                .max()
                .orElse(0);
        byte[] marks = new byte[size];
        int others = 0;
        for (int step = 0; step < steps.size(); step++) {
            BitSet numbers = new BitSet();
            numbers.set(0, size);
            boolean beyond = true;
            for (Filter filter : steps.get(step)) {
                if (filter.dimension().equals(attribute)) {
                    ValueSet selected = values.get(filter);
                    beyond &= selected.negated();
                    if (selected.negated()) {
                        numbers.andNot(selected.numbers());
                    } else {
                        numbers.and(selected.numbers());
                    }
                }
            }
            byte mark = (byte) (1 << step);
            others |= beyond ? mark : 0;
            if (numbers.cardinality() == size) {
                for (int i = 0; i < size; i++) {
                    marks[i] |= mark;
                }
            } else {
                numbers.stream().forEach(number -> marks[number] |= mark);
            }
        }
        return new Table(marks, (byte) others);
    }

    /** Takes the columns, when they are open. */
    void open() {
        nameOf = columns.of(Dimension.EVENT);
        pathOf = paths == null ? null : columns.of(Dimension.PAGE);
        setOf = properties.isEmpty() ? null : columns.of(new Property(""));
    }

    /** @param place of its visit */
    int of(int place, int hit) {
        int mark = all;
        if (paths != null) {
            mark &= paths.of(pathOf.getInt(hit));
        }
        if (mark != 0 && names != null) {
            mark &= names.of(nameOf.getInt(hit));
        }
        if (mark != 0 && setOf != null) {
            int set = setOf.getInt(hit);
            for (Table property : properties.values()) {
                mark &= property.of(set);
            }
        }
        if (mark != 0 && hosts != null) {
            mark &= hosts.of(columns.value(Dimension.HOSTNAME, place, hit));
        }
        for (int i = 0; mark != 0 && i < tables.reads.size(); i++) {
            Read read = tables.reads.get(i);
            if ((mark & read.mark) != 0 && columns.reached(read.reached, hit) != read.wanted) {
                mark &= ~read.mark;
            }
        }
        return mark;
    }
}
