package io.millrace.storage.sqlite;

/** How many rows were removed, or would be. Immutable. */
public record RowCount(long visitors, long visits, long pageViews, long events) {
    public static final RowCount NONE = new RowCount(0, 0, 0, 0);

    /** Whether it is nothing at all. */
    public boolean isEmpty() {
        return visitors + visits + pageViews + events == 0;
    }

    /** Both together. */
    public RowCount plus(RowCount other) {
        return new RowCount(
                visitors + other.visitors, visits + other.visits, pageViews + other.pageViews, events + other.events);
    }

    /** For people. */
    @Override
    public String toString() {
        return visitors + " visitors, " + visits + " visits, " + pageViews + " page views, " + events + " events";
    }
}
