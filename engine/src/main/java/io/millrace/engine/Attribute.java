package io.millrace.engine;

/**
 * What a query can be broken down and filtered by: a {@link Dimension}, or a {@link Property} of custom events; by a
 * {@link Condition} it can be filtered alone.
 */
public sealed interface Attribute permits Dimension, Property, Condition {

    /** What something is an attribute of. */
    enum Kind {
        TIME,
        VISIT,
        HIT
    }

    /** What it is an attribute of. */
    Kind kind();

    /**
     * Whether custom events alone have it. A filter by such an attribute selects the page views of visits by the events
     * that the visits have.
     */
    boolean ofEvents();
}
