package io.millrace.engine.spi;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Position;
import io.millrace.engine.Visit;
import java.util.List;

/**
 * What one transaction stores. Everything in it is immutable and may be kept.
 *
 * <p>The lists speak of the same moment: a visit's state in {@link #visits()} already counts every hit of the batch.
 *
 * @param visits each visit that the batch opened or changed, once
 * @param hits page views and custom events, in order of arrival
 * @param engagements new greatest totals of page views; the page view is stored already or is in {@code hits}
 * @param affiliateVisits one for each affiliate and visit, never a second one
 * @param filtered events that do not count, with their reason
 * @param restored what was kept as not counting and does not stand there any more: the batch has it as any other event
 * @param ledger what to add to the counters
 * @param positions how far files have been read, one for each source
 */
public record Batch(
        List<VisitChange> visits,
        List<Hit> hits,
        List<Engagement> engagements,
        List<AffiliateVisit> affiliateVisits,
        List<FilteredEvent> filtered,
        List<FilteredEvent> restored,
        List<LedgerEntry> ledger,
        List<Position> positions) {

    /** A visit before (null: opened by this batch) and after the batch. */
    public record VisitChange(Visit before, Visit after) {
        /** Whether this batch opened it. */
        public boolean opened() {
            return before == null;
        }
    }

    /** A page view or custom event, and its visit as it was right after it. */
    public record Hit(Visit visit, Event event) {}

    /** The engagement totals of a page view ({@link Event#view()}) of a visit; the larger value stays. */
    public record Engagement(Visit visit, Visit.View view) {}

    /** The first event of a visit that names this affiliate. */
    public record AffiliateVisit(Affiliate affiliate, Visit visit, Event event) {}

    /** Adds {@code delta} to a counter of a site (0: of none) and site-local day (days since 1970-01-01). */
    public record LedgerEntry(int siteId, int epochDay, Counter counter, long delta) {}

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return visits.isEmpty()
                && hits.isEmpty()
                && engagements.isEmpty()
                && affiliateVisits.isEmpty()
                && filtered.isEmpty()
                && restored.isEmpty()
                && ledger.isEmpty()
                && positions.isEmpty();
    }
}
