package io.millrace.engine;

/** An attribute that is there or not: to filter by, see {@link Filter#that}, not to break down by. */
public sealed interface Condition extends Attribute permits Reached, Completed {
    /** Its value where it is there. */
    String YES = "yes";

    @Override
    default boolean ofEvents() {
        return false;
    }
}
