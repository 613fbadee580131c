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

    /** The same for several beacons, of one sender: takes all of them, next to each other, or none. */
    boolean offer(List<Beacon> beacons, Receipt receipt);

    /**
     * Whether a stranger should come again later with so many beacons, although there may be room: with them the ring would
     * hold more beacons of arrays than are stored in a moment, and who comes with one would have to wait for all of them.
     */
    boolean crowded(int members);

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
