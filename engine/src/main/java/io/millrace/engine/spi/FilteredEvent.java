package io.millrace.engine.spi;

import io.millrace.engine.Event;

/**
 * An event that does not count, as it is kept. Immutable.
 *
 * @param id the later it was left out, the larger; 0 until a storage has given it one
 * @param epochDay the site's day on which the ledger has it, as days since 1970-01-01
 * @param since from when on it does not count, UTC milliseconds; it is kept for a time from then on
 * @param event with the reason for which it does not count; of those of before version 16 of the schema only what is shown
 * @param complete whether the event is all there, so that it may count after all
 * @param ofVisit what it was to its visit while it counted; null: it never did
 */
public record FilteredEvent(long id, int epochDay, long since, Event event, boolean complete, OfVisit ofVisit) {

    /**
     * What a hit was to its visit, when it was withdrawn.
     *
     * @param visitId of the visit, which is called so again when it comes back
     * @param startedAt the visit's start, UTC milliseconds
     * @param opened whether the visit starts with it
     * @param entry whether its page is the visit's entry page
     * @param lastActivity the visit's, UTC milliseconds, where no hit of it is later; else 0
     */
    public record OfVisit(long visitId, long startedAt, boolean opened, boolean entry, long lastActivity) {}

    /** Of a new one. */
    public static FilteredEvent of(Event event, int epochDay, long since) {
        return new FilteredEvent(0, epochDay, since, event, true, null);
    }

    /** The same with the number that a storage has given it. */
    public FilteredEvent withId(long number) {
        return new FilteredEvent(number, epochDay, since, event, complete, ofVisit);
    }
}
