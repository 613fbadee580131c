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

    /** Takes a part of it for another one; null: nothing. */
    void replace(ValueRollup out, ValueRollup in) {
        ValueRollup gone = out == null ? new ValueRollup() : out;
        ValueRollup come = in == null ? new ValueRollup() : in;
        totals.add(gone.totals, -1);
        totals.add(come.totals, 1);
        visitors.replace(gone.visitors, come.visitors);
    }

    boolean isNothing() {
        return totals.nobody() && visitors.size() == 0;
    }

    public ValueRollup copy() {
        ValueRollup copy = new ValueRollup(new Totals(), visitors.copy());
        copy.totals.add(totals, 1);
        return copy;
    }
}
