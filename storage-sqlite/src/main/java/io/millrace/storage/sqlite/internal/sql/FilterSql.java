package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Filters as numbers: they are decided once against the dictionary, then by number. Pure functions. */
public final class FilterSql {
    private FilterSql() {}

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
