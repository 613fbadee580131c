package io.millrace.engine;

import java.util.List;

/**
 * Selects hits by one dimension: the value is one of the patterns, or with {@code negated} none of them. Immutable.
 *
 * <p>In a pattern {@code *} stands for any run of characters; all else is literal and case-sensitive. A value that is
 * absent matches the empty pattern only.
 */
public record Filter(Dimension dimension, boolean negated, List<String> patterns) {
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

    private static boolean matches(String pattern, String value) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(value);
        }
        int at = parts[0].length();
        if (!value.startsWith(parts[0])) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int found = value.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return value.length() - at >= last.length() && value.endsWith(last);
    }
}
