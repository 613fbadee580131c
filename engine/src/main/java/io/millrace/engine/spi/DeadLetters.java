package io.millrace.engine.spi;

import io.millrace.engine.Event;

/** Where events go that could not be stored, so that a person can put them back. */
@FunctionalInterface
public interface DeadLetters {

    /**
     * Sets an event aside. Called on the store thread only.
     *
     * @param reason for people: why it could not be stored
     * @return false when there is no room for it; then, and when this throws, the event is dropped and counted as such
     */
    boolean add(Event event, String reason);

    /** For people: why events are being dropped; null: they are not. Any thread. */
    default String shortage() {
        return null;
    }
}
