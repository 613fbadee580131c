package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Outcome;
import io.millrace.engine.Receipt;
import io.millrace.engine.spi.FilteredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One place of the ring. Cleared when its batch is settled, so that the ring pins no garbage. */
final class Slot {
    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    Beacon beacon;
    Event event;
    /** Of the event's id, of an engagement that of the page view that it speaks of; null: it has none. */
    EventKey key;

    /** What the event was kept as, while it did not count; null: it comes now. */
    FilteredEvent kept;

    Receipt receipt;
    int index;
    LookUps.Asker asker;
    int weight;
    long receivedAt;
    Command<?> command;

    void beacon(Beacon beacon, Receipt receipt, int index, LookUps.Asker asker, int weight, long receivedAt) {
        this.beacon = beacon;
        this.receipt = receipt;
        this.index = index;
        this.asker = asker;
        this.weight = weight;
        this.receivedAt = receivedAt;
    }

    void event(Event event, Receipt receipt, int weight, long receivedAt) {
        this.event = event;
        this.receipt = receipt;
        this.asker = LookUps.Asker.PATIENT;
        this.weight = weight;
        this.receivedAt = receivedAt;
    }

    /** A slot of its own, for what comes back. */
    static Slot restored(FilteredEvent kept, EventKey.Hasher hasher) {
        Slot slot = new Slot();
        Event event =
                EventBuilder.builder(kept.event()).filtered(null).excluded(null).build();
        slot.event(event, Receipt.NONE, 0, 0);
        slot.key = hasher.key(event);
        slot.kept = kept;
        return slot;
    }

    int siteId() {
        return event == null ? beacon.siteId() : event.site().id();
    }

    /** Whether somebody waits for this slot to be settled. */
    boolean occupied() {
        return receipt != null;
    }

    void settle(Outcome outcome) {
        try {
            receipt.settled(index, outcome);
        } catch (RuntimeException e) {
            LOG.error("receipt failed", e);
        }
    }

    void clear() {
        beacon = null;
        event = null;
        key = null;
        receipt = null;
        command = null;
        asker = null;
        index = 0;
        weight = 0;
    }
}
