package io.millrace.storage.sqlite.internal.rollup;

/** A day's figures of one value of a dimension. Mutable. */
public final class ValueRollup {
    public final Totals totals;
    public final VisitorSet visitors;

    public ValueRollup() {
        this(new Totals(), new VisitorSet());
    }

    ValueRollup(Totals totals, VisitorSet visitors) {
        this.totals = totals;
        this.visitors = visitors;
    }

    public ValueRollup copy() {
        ValueRollup copy = new ValueRollup(new Totals(), visitors.copy());
        copy.totals.add(totals, 1);
        return copy;
    }
}
