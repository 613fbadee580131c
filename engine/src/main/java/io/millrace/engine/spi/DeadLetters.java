package io.millrace.engine.spi;

import io.millrace.engine.Event;

/** Where events go that could not be stored, so that a person can put them back. Called on the store thread only. */
@FunctionalInterface
public interface DeadLetters {

    /**
     * Sets an event aside.
     *
     * @param reason for people: why it could not be stored
     */
    void add(Event event, String reason);
}
