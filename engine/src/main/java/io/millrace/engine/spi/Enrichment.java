package io.millrace.engine.spi;

import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Place;
import java.util.Optional;

/**
 * Adds to an event what can be derived from its beacon, after the built-in derivations and in the order of
 * registration. Called on the enrich thread only, for every beacon: it must not wait. What it throws is counted
 * ({@link io.millrace.engine.Counter#ENRICH_FAILED}) and leaves the event as it was.
 */
@FunctionalInterface
public interface Enrichment {
    void enrich(Beacon beacon, EventBuilder event);

    /** Where an address is, as far as this knows; any thread. */
    default Place place(String address) {
        return Place.UNKNOWN;
    }

    /** What keeps it from being up to date, for who runs this; any thread. */
    default Optional<String> fault() {
        return Optional.empty();
    }

    /** Registers what it keeps of what beacons say, and how many bytes of it at most; nothing by default. */
    default void register(Bounds bounds) {}
}
