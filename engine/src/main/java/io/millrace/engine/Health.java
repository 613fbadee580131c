package io.millrace.engine;

/**
 * Whether an engine works. Immutable.
 *
 * @param reason for people, when the state is not {@code RUNNING}; else null
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
