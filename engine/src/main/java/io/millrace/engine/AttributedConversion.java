package io.millrace.engine;

/**
 * A conversion and the visit that it is linked to. Immutable.
 *
 * @param visit as it is now; null: linked to none, or the visit is gone
 */
public record AttributedConversion(Conversion conversion, Visit visit) {}
