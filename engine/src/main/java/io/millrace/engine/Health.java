package io.millrace.engine;

/**
 * Whether an engine works. Immutable.
 *
 * @param reason for people: what is wrong; null when all is well. An engine that is {@code RUNNING} has one when events that
 *     cannot be stored are dropped because there is no room for more dead letters
 */
public record Health(State state, String reason) {

    /** What an engine can be in. */
    public enum State {
        /** Takes beacons and writes them. */
        RUNNING,
        /** The storage refuses to write for now; new beacons are not admitted, those admitted are tried again. */
        STALLED,
        /** The storage is gone for good, or a handler died; nothing is admitted any more. */
        DEAD,
        /** Closed. */
        CLOSED
    }

    public static final Health RUNNING = new Health(State.RUNNING, null);
    public static final Health CLOSED = new Health(State.CLOSED, "closed");
}
