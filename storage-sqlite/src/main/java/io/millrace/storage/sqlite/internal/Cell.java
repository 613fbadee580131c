package io.millrace.storage.sqlite.internal;

/** A day's figures of one value of a dimension. Mutable. */
final class Cell {
    final Tally tally;
    final VisitorSet visitors;

    Cell() {
        this(new Tally(), new VisitorSet());
    }

    Cell(Tally tally, VisitorSet visitors) {
        this.tally = tally;
        this.visitors = visitors;
    }

    Cell copy() {
        Cell copy = new Cell(new Tally(), visitors.copy());
        copy.tally.add(tally, 1);
        return copy;
    }
}
