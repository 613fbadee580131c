package io.millrace.engine.spi;

import io.millrace.engine.Event;

/**
 * An event that does not count, as it is kept. Immutable.
 *
 * @param id the later it came, the larger; 0 until a storage has given it one
 * @param epochDay the site's day on which the ledger has it, as days since 1970-01-01
 * @param event with the reason for which it does not count; of those of before version 16 of the schema only what is shown
 * @param complete whether the event is all there, so that it may count after all
 */
public record FilteredEvent(long id, int epochDay, Event event, boolean complete) {
    /** Of a new one. */
    public static FilteredEvent of(Event event, int epochDay) {
        return new FilteredEvent(0, epochDay, event, true);
    }
}
