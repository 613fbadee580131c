package io.millrace.storage.sqlite.internal;

/** A day's figures of one value of a dimension. Mutable. */
final class ValueRollup {
    final Totals tally;
    final VisitorSet visitors;

    ValueRollup() {
        this(new Totals(), new VisitorSet());
    }

    ValueRollup(Totals tally, VisitorSet visitors) {
        this.tally = tally;
        this.visitors = visitors;
    }

    ValueRollup copy() {
        ValueRollup copy = new ValueRollup(new Totals(), visitors.copy());
        copy.tally.add(tally, 1);
        return copy;
    }
}
