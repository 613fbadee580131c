package io.millrace.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Selects hits by one dimension: the value is one of the patterns, or with {@code negated} none of them. Immutable.
 *
 * <p>In a pattern {@code *} stands for any run of characters, and a backslash before {@code *}, {@code !}, {@code (} or
 * another backslash takes away what these mean; all else is literal and case-sensitive. A value that is absent matches the
 * empty pattern only.
 */
public record Filter(Dimension dimension, boolean negated, List<String> patterns) {
    private static final String ESCAPED = "*\\!(";

    public Filter {
        if (dimension.kind() == Dimension.Kind.TIME) {
            throw new IllegalArgumentException("cannot filter by " + dimension);
        }
        patterns = List.copyOf(patterns);
    }

    /** The value is one of these. */
    public static Filter is(Dimension dimension, String... patterns) {
        return new Filter(dimension, false, List.of(patterns));
    }

    /** The value is none of these. */
    public static Filter isNot(Dimension dimension, String... patterns) {
        return new Filter(dimension, true, List.of(patterns));
    }

    /** Whether a value (null: absent) is selected. */
    public boolean test(String value) {
        String v = value == null ? "" : value;
        return patterns.stream().anyMatch(p -> matches(p, v)) != negated;
    }

    /** The pattern of a value as it is: a {@code *} of its own is no wildcard. */
    public static String exactly(String value) {
        return value.replace("\\", "\\\\").replace("*", "\\*");
    }

    /**
     * The texts between the wildcards of a pattern, as they stand in values: one text when there is no wildcard.
     */
    public static List<String> pieces(String pattern) {
        if (pattern.indexOf('*') < 0 && pattern.indexOf('\\') < 0) {
            return List.of(pattern);
        }
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                boolean escape = c == '\\' && i + 1 < pattern.length() && ESCAPED.indexOf(pattern.charAt(i + 1)) >= 0;
                piece.append(escape ? pattern.charAt(++i) : c);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static boolean matches(String pattern, String value) {
        List<String> parts = pieces(pattern);
        if (parts.size() == 1) {
            return parts.get(0).equals(value);
        }
        int at = parts.get(0).length();
        if (!value.startsWith(parts.get(0))) {
            return false;
        }
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = value.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        String last = parts.get(parts.size() - 1);
        return value.length() - at >= last.length() && value.endsWith(last);
    }
}
