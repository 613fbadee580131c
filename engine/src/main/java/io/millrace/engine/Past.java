package io.millrace.engine;

import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.FilteredEvent;
import java.util.List;

/**
 * What was counted elsewhere, to be stored as it was: nothing of it is received, enriched or filtered. Immutable.
 *
 * @param visits of known sites
 * @param filtered what does not count, for the days on which it came
 * @param ledger what to add to the counters, which say by themselves what became of these visits
 * @param position how far a source has been read with it; null: not known
 */
public record Past(
        List<PastVisit> visits, List<FilteredEvent> filtered, List<Batch.LedgerEntry> ledger, Position position) {
    public Past {
        visits = List.copyOf(visits);
        filtered = List.copyOf(filtered);
        ledger = List.copyOf(ledger);
    }

    /**
     * What became of it.
     *
     * @param hits how many page views and events are stored now
     * @param known how many were stored before
     * @param tooOld how many are of days whose rows were pruned, so that they may be repeats
     */
    public record Brought(int hits, int known, int tooOld) {}
}
