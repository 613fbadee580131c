package io.millrace.engine;

/**
 * A program that reads pages for an AI. Immutable.
 *
 * @param name what it is called, which is also what {@link Agent#browser} says of its events
 * @param operator whose it is
 * @param purpose what it reads for
 */
public record AiAgent(String name, String operator, Purpose purpose) {
    /** What an agent reads for. */
    public enum Purpose {
        /** What models are trained with. */
        TRAINING,
        /** An index that answers are made from. */
        SEARCH,
        /** Somebody who asks now. */
        USER
    }
}
