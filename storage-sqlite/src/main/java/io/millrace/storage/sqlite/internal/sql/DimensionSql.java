package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Query;
import java.util.LinkedHashSet;
import java.util.Set;

/** The dimensions of a query as columns d0 and on. Pure functions. */
public record DimensionSql(Query query) {

    /** Their names, each with a comma behind it. */
    public String names() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < query.dimensions().size(); i++) {
            names.append('d').append(i).append(", ");
        }
        return names.toString();
    }

    /**
     * Their columns, each with a comma behind it.
     *
     * @param time the expression whose bucket counts
     */
    public String columns(String time) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < query.dimensions().size(); i++) {
            Attribute d = query.dimensions().get(i);
            columns.append(
                            d.kind() == Dimension.Kind.TIME
                                    ? TimeBuckets.expression((Dimension) d, time, query.period(), query.zone())
                                    : Columns.of(d).expression())
                    .append(" AS d")
                    .append(i)
                    .append(", ");
        }
        return columns.toString();
    }

    /** Joins of the dictionaries that they are in; the visit is called s. */
    public String joins() {
        Set<String> joins = new LinkedHashSet<>();
        for (Attribute d : query.dimensions()) {
            if (d.kind() != Dimension.Kind.TIME) {
                joins.add(Columns.of(d).join());
            }
        }
        return String.join("", joins);
    }
}
