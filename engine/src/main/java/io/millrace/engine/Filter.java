package io.millrace.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Selects hits by one attribute: the value is one of the patterns, or with {@code negated} none of them. Immutable.
 *
 * <p>In a pattern {@code *} stands for any run of characters, and a backslash before {@code *}, {@code !}, {@code (} or
 * another backslash takes away what these mean; all else is literal. A value that is absent matches the empty pattern only.
 *
 * @param anyCase whether a letter matches its upper and lower case, as {@link Character} maps them one to one
 */
public record Filter(Attribute dimension, boolean negated, boolean anyCase, List<String> patterns) {
    private static final String ESCAPED = "*\\!(";

    public Filter {
        if (dimension.kind() == Attribute.Kind.TIME) {
            throw new IllegalArgumentException("cannot filter by " + dimension);
        }
        patterns = List.copyOf(patterns);
    }

    /** Letters in the case that they have. */
    public Filter(Attribute dimension, boolean negated, List<String> patterns) {
        this(dimension, negated, false, patterns);
    }

    /** The value is one of these. */
    public static Filter is(Attribute dimension, String... patterns) {
        return new Filter(dimension, false, List.of(patterns));
    }

    /** The value is none of these. */
    public static Filter isNot(Attribute dimension, String... patterns) {
        return new Filter(dimension, true, List.of(patterns));
    }

    /** The condition holds. */
    public static Filter that(Condition condition) {
        return is(condition, Condition.YES);
    }

    /** Whether a value (null: absent) is selected. */
    public boolean test(String value) {
        String v = value == null ? "" : value;
        return patterns.stream().anyMatch(p -> matches(p, v)) != negated;
    }

    /** The same without negation. */
    public Filter positive() {
        return negated ? new Filter(dimension, false, anyCase, patterns) : this;
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

    private boolean matches(String pattern, String value) {
        return matches(pieces(pattern), anyCase, value);
    }

    /** Whether a value has these texts one behind the other, with anything between them. */
    static boolean matches(List<String> parts, boolean anyCase, String value) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return first.length() == value.length() && stands(first, anyCase, value, 0);
        }
        int at = first.length();
        if (!stands(first, anyCase, value, 0)) {
            return false;
        }
        for (int i = 1; i < parts.size() - 1; i++) {
            String part = parts.get(i);
            while (!stands(part, anyCase, value, at)) {
                if (++at > value.length()) {
                    return false;
                }
            }
            at += part.length();
        }
        String last = parts.get(parts.size() - 1);
        return value.length() - at >= last.length() && stands(last, anyCase, value, value.length() - last.length());
    }

    /** Whether a value has this text at a place. */
    private static boolean stands(String text, boolean anyCase, String value, int at) {
        if (!anyCase) {
            return value.startsWith(text, at);
        }
        if (at + text.length() > value.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = text.charAt(i);
            char c = value.charAt(at + i);
            if (c != wanted && c != Character.toLowerCase(wanted) && c != Character.toUpperCase(wanted)) {
                return false;
            }
        }
        return true;
    }
}
