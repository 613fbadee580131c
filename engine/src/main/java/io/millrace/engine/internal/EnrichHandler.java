package io.millrace.engine.internal;

import com.lmax.disruptor.EventHandler;
import io.millrace.engine.internal.enrich.Enricher;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first handler of the ring: beacons become events. */
final class EnrichHandler implements EventHandler<Slot> {
    private static final Logger LOG = LoggerFactory.getLogger(EnrichHandler.class);

    private final Enricher enricher;
    private final CountDownLatch started;
    private final EventKey.Hasher hasher = new EventKey.Hasher();

    EnrichHandler(Enricher enricher, CountDownLatch started) {
        this.enricher = enricher;
        this.started = started;
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onEvent(Slot slot, long sequence, boolean endOfBatch) {
        if (!slot.occupied()) {
            return;
        }
        try {
            if (slot.beacon != null) {
                slot.event = enricher.enrich(slot.beacon, slot.receivedAt);
            }
            slot.key = slot.event == null ? null : hasher.key(slot.event);
        } catch (RuntimeException e) {
            LOG.error("event not made", e);
        }
    }
}
