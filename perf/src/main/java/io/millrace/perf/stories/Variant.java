package io.millrace.perf.stories;

/** One way of writing; each adds to the one before. */
public enum Variant {
    /** Every statement its own transaction, the library's defaults: WAL, synchronous FULL, 2 MB of cache. */
    AUTOCOMMIT("autocommits, stock pragmas", false, false, false),
    /** The same with synchronous NORMAL, 64 MB of cache, memory map, temporary tables in memory. */
    PRAGMAS("autocommits, tuned pragmas", true, false, false),
    /** The same with one transaction for each page view. */
    TRANSACTION("one transaction each", true, true, false),
    /** Answered at once, gathered in memory, written every 100 ms in one transaction: what has been answered can be lost. */
    BATCH("100 ms in memory, then one transaction", true, true, true);

    private final String title;
    final boolean tuned;
    final boolean transaction;
    final boolean later;

    Variant(String title, boolean tuned, boolean transaction, boolean later) {
        this.title = title;
        this.tuned = tuned;
        this.transaction = transaction;
        this.later = later;
    }

    /** For people. */
    public String title() {
        return title;
    }
}
