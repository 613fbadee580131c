package io.millrace.perf.hostile;

import java.nio.ByteBuffer;

/** What one hostile connection does. Used by the swarm's thread only. */
interface Script {

    /** The next bytes to send, or null: nothing until the server has answered, or for ever. */
    ByteBuffer next();

    /** Whether what the server says is read. */
    default boolean reads() {
        return true;
    }

    /** A request was answered. */
    default void answered(int status) {}
}
