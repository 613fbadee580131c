package io.millrace.storage.sqlite.internal.rollup;

/** A day's figures of one value of a dimension. Mutable. */
public final class ValueRollup {
    public final Totals tally;
    public final VisitorSet visitors;

    public ValueRollup() {
        this(new Totals(), new VisitorSet());
    }

    ValueRollup(Totals tally, VisitorSet visitors) {
        this.tally = tally;
        this.visitors = visitors;
    }

    public ValueRollup copy() {
        ValueRollup copy = new ValueRollup(new Totals(), visitors.copy());
        copy.tally.add(tally, 1);
        return copy;
    }
}
