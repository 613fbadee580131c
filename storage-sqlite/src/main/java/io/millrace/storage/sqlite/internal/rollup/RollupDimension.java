package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.storage.sqlite.internal.dictionary.TupleTable;
import io.millrace.storage.sqlite.internal.pack.PackColumn;
import io.millrace.storage.sqlite.internal.sql.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A dimension that has roll-ups. They stand in the order of their numbers in the table dimensions, which files keep: a
 * new one comes last.
 */
public enum RollupDimension {
    SOURCE(Dimension.SOURCE),
    CHANNEL(Dimension.CHANNEL),
    COUNTRY(Dimension.COUNTRY),
    REGION(Dimension.REGION),
    CITY(Dimension.CITY),
    ENTRY_PAGE(Dimension.ENTRY_PAGE),
    EXIT_PAGE(Dimension.EXIT_PAGE),
    BROWSER(Dimension.BROWSER),
    OS(Dimension.OS),
    DEVICE(Dimension.DEVICE),
    PAGE(Dimension.PAGE);

    /** Those that are attributes of the visit; the others each hit has its own. */
    static final List<RollupDimension> OF_VISIT =
            Arrays.stream(values()).filter(RollupDimension::ofVisit).toList();

    /** Those in which a visit may move from one value to another. */
    static final List<RollupDimension> MOVING =
            Arrays.stream(values()).filter(RollupDimension::moves).toList();

    private final Dimension dimension;
    private final PackColumn column;
    private final String tuples;
    private final int part;

    RollupDimension(Dimension dimension) {
        this.dimension = dimension;
        this.column = PackColumn.of(dimension);
        Columns.Column stored = Columns.of(dimension);
        this.tuples = stored.table();
        this.part = tuples == null ? -1 : TupleTable.indexOf(tuples, stored.name());
    }

    /** The roll-ups of a dimension, where it has some. */
    public static Optional<RollupDimension> of(Attribute dimension) {
        return Arrays.stream(values()).filter(d -> d.dimension == dimension).findFirst();
    }

    /** The one with this number in the table dimensions. */
    public static RollupDimension of(int number) {
        return values()[number - 1];
    }

    /** The number in the table dimensions. */
    public int number() {
        return ordinal() + 1;
    }

    public boolean ofVisit() {
        return dimension.kind() == Attribute.Kind.VISIT;
    }

    /** Whether a visit may move from one value to another: then each value counts its visits of each visitor. */
    boolean moves() {
        return this == ENTRY_PAGE || this == EXIT_PAGE;
    }

    /** Where the number of its value stands in segments, or of the tuple that it is part of. */
    PackColumn column() {
        return column;
    }

    /** The table of the tuple that it is part of, or null. */
    String tuples() {
        return tuples;
    }

    /** Where the number of its value stands in the tuple that it is part of. */
    int part() {
        return part;
    }
}
