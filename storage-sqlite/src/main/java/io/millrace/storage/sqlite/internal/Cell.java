package io.millrace.storage.sqlite.internal;

/** A day's figures of one value of a dimension. Mutable. */
final class Cell {
    final Tally tally = new Tally();
    VisitorSet visitors = new VisitorSet();

    boolean isEmpty() {
        return tally.isZero() && visitors.size() == 0;
    }

    Cell copy() {
        Cell copy = new Cell();
        copy.tally.add(tally, 1);
        copy.visitors = visitors.copy();
        return copy;
    }
}
