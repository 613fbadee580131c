package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Filters as conditions. They are decided once against the dictionaries, then per row by number. Pure functions. */
public final class FilterSql {
    private FilterSql() {}

    /** Conditions that begin with {@code AND}; the statement calls the visit s and the hit h. */
    public static Sql and(List<Filter> filters) {
        Sql sql = new Sql();
        List<Filter> together = new ArrayList<>();
        for (Filter filter : filters) {
            if (filter.dimension().ofEvents() && !filter.negated()) {
                together.add(filter);
            } else if (filter.dimension().ofEvents()) {
                sql.add(" AND NOT ").add(ofEvents(List.of(filter)));
            } else {
                sql.add(" AND ").add(condition(filter));
            }
        }
        return together.isEmpty() ? sql : sql.add(" AND ").add(ofEvents(together));
    }

    public static boolean onHits(List<Filter> filters) {
        return filters.stream().anyMatch(f -> f.dimension().kind() == Dimension.Kind.HIT);
    }

    private static Sql condition(Filter filter) {
        Columns.Column column = Columns.of(filter.dimension());
        String in = filter.negated() ? " NOT IN (" : " IN (";
        Sql numbers = numbers(filter);
        if (column.table() == null) {
            return new Sql().add(column.name() + in).add(numbers).add(")");
        }
        return new Sql()
                .add("s." + column.reference() + in + "SELECT id FROM " + column.table() + " WHERE " + column.name()
                        + " IN (")
                .add(numbers)
                .add("))");
    }

    /** Hits that have what all of these are about, and the page views of the visits that have such an event. */
    private static Sql ofEvents(List<Filter> filters) {
        return new Sql()
                .add("((1")
                .add(ofEvents(filters, "h"))
                .add(") OR (h.name_id = 0 AND EXISTS (SELECT 1 FROM events e WHERE e.session_id = s.id")
                .add(ofEvents(filters, "e"))
                .add(")))");
    }

    private static Sql ofEvents(List<Filter> filters, String hit) {
        Sql sql = new Sql();
        for (Filter filter : filters) {
            if (filter.dimension() instanceof Property property) {
                sql.add(
                                " AND EXISTS (SELECT 1 FROM (SELECT coalesce((SELECT one.value FROM json_each(" + hit
                                        + ".props) one WHERE one.key = ?), '') AS text) WHERE ",
                                property.key())
                        .add(matches(filter))
                        .add(")");
            } else {
                sql.add(" AND " + hit + ".name_id IN (").add(numbers(filter)).add(")");
            }
        }
        return sql;
    }

    /** The numbers of the texts that one of the patterns matches. */
    public static Sql numbers(Filter filter) {
        boolean absent = filter.positive().test(null);
        return new Sql()
                .add(absent ? "SELECT 0 UNION ALL " : "")
                .add("SELECT id FROM texts WHERE ")
                .add(matches(filter));
    }

    /** That one of the patterns matches the column text. */
    private static Sql matches(Filter filter) {
        Sql sql = new Sql().add("(");
        List<Sql> alternatives = new ArrayList<>();
        for (String pattern : filter.patterns()) {
            List<String> pieces = Filter.pieces(pattern);
            alternatives.add(
                    pieces.size() == 1 && !filter.anyCase()
                            ? new Sql().add("text = ?", pieces.get(0))
                            : new Sql().add("text GLOB ?", glob(pieces, filter.anyCase())));
        }
        for (int i = 0; i < alternatives.size(); i++) {
            sql.add(i == 0 ? "" : " OR ").add(alternatives.get(i));
        }
        return sql.add(alternatives.isEmpty() ? "0)" : ")");
    }

    /** The pattern for GLOB, to which three characters mean something. */
    private static String glob(List<String> pieces, boolean anyCase) {
        return pieces.stream().map(piece -> glob(piece, anyCase)).collect(Collectors.joining("*"));
    }

    private static String glob(String piece, boolean anyCase) {
        StringBuilder glob = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            char lower = Character.toLowerCase(c);
            char upper = Character.toUpperCase(c);
            if (c == '[' || c == '?' || c == '*') {
                glob.append('[').append(c).append(']');
            } else if (anyCase && lower != upper) {
                glob.append('[').append(c).append(lower).append(upper).append(']');
            } else {
                glob.append(c);
            }
        }
        return glob.toString();
    }
}
