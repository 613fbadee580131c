package io.millrace.engine;

import java.util.List;

/**
 * A pattern as {@link Filter} has them, taken apart once: {@code *} is any run of characters. Immutable. To match takes no longer
 * than the text times the pattern is long, whatever stands in either.
 *
 * @param pattern as it was typed
 * @param pieces the texts between its wildcards
 */
public record Glob(String pattern, List<String> pieces) {
    public Glob(String pattern) {
        this(pattern, Filter.pieces(pattern));
    }

    /** Whether a text is as the pattern says. */
    public boolean matches(String text) {
        return Filter.matches(pieces, false, text);
    }

    /** The same, whatever the case of letters is. */
    public boolean matchesAnyCase(String text) {
        return Filter.matches(pieces, true, text);
    }
}
