package io.millrace.dashboard.internal.path;

/**
 * What journeys are looked at for.
 *
 * @param page the root, or null: it is an event, or nowhere
 * @param event the name of the root, or null
 * @param depth how many pages deep, the root among them
 */
record FlowRoot(String page, String event, Direction direction, int depth) {
    /** Which way journeys are followed from the root. */
    enum Direction {
        FORWARD,
        BACKWARD
    }

    boolean backward() {
        return direction == Direction.BACKWARD;
    }
}
