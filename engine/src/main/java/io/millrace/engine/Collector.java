package io.millrace.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way in: takes beacons into the ring. Thread-safe. */
public interface Collector {

    /**
     * Takes a beacon if there is room now. Never waits and never throws for lack of room.
     *
     * @return false when no slot or no byte of the ring is free, the storage is known not to be writing, or the engine
     *     is closed: nothing was taken, and the receipt will not be called
     * @throws IllegalArgumentException when the site is not known
     */
    boolean offer(Beacon beacon, Receipt receipt);

    /**
     * The same for several beacons, of one sender: takes all of them, next to each other, or none. Those of strangers
     * get no more of the ring than is stored in a moment, so that they keep nobody waiting who comes alone.
     */
    boolean offer(List<Beacon> beacons, Receipt receipt);

    /** Whether a large array of a stranger would be refused now, so that it need not be read to its end. */
    boolean crowded();

    /**
     * Takes a beacon, waiting for room. Not for event loops.
     *
     * @return completed with the outcome after the commit; never exceptionally
     * @throws IllegalStateException when the engine is closed
     */
    CompletableFuture<Outcome> put(Beacon beacon);

    /** Takes an event that is enriched already (a dead letter), waiting for room. */
    CompletableFuture<Outcome> put(Event event);
}
