package io.millrace.engine;

import java.util.List;

/**
 * A conversion and what was paid back of it. Immutable.
 *
 * @param refunds in the order in which they were recorded
 */
public record Sale(Conversion conversion, List<Refund> refunds) {
    public Sale {
        refunds = List.copyOf(refunds);
    }
}
