package io.millrace.engine;

/** Told how beacons ended, after the commit that holds them. Called on the store thread: it must return at once. */
@FunctionalInterface
public interface Receipt {

    /** For callers that do not want to know. */
    Receipt NONE = (index, outcome) -> {};

    /**
     * A beacon is settled; called exactly once for each.
     *
     * @param index its place in the list that was offered; 0 for a single beacon
     */
    void settled(int index, Outcome outcome);

    /**
     * What to run once at the end of a batch that settled this receipt. Receipts that return the same object share one
     * run: this is how a front-end wakes each of its event loops once per batch. {@code null}: nothing.
     */
    default Runnable afterBatch() {
        return null;
    }
}
