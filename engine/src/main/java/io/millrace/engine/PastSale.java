package io.millrace.engine;

/**
 * A payment with its refunds, and the visit that it is linked to. Immutable.
 *
 * @param visit null: linked to none, or the visit is not there one by one any more
 */
public record PastSale(Sale sale, Visit visit) {}
