package io.millrace.storage.sqlite;

/** Something that is removed a little at a time, between a storage's other work. One thread at a time. */
public interface Removal {

    /**
     * What one step has done.
     *
     * @param over whether nothing is left; if not, and nothing was removed either, {@link #look} is to be called, after a moment
     */
    record Step(RowCount removed, boolean over) {}

    /** Finds out what there is to be removed. Takes a while, so not on the store thread. */
    void look();

    /** How much will be removed in all. Takes a while, so not on the store thread. */
    RowCount count();

    /**
     * Removes a little, in one small transaction, and gives a few free pages back to the file system. On the store thread, after
     * {@link #look}.
     */
    Step step();
}
