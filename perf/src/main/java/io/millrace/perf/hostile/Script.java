package io.millrace.perf.hostile;

import java.nio.ByteBuffer;

/** What one hostile connection does. Used by the swarm's thread only. */
interface Script {

    /** What becomes of a connection that has nothing to send for now. */
    enum Rest {
        /** It waits for answers, or for ever. */
        WAITS,
        /** It says that it will send nothing more, and waits. */
        ENDS_OUTPUT,
        /** It is reset; another one takes its place. */
        RESETS
    }

    /** How fast a connection is. */
    enum Pace {
        FULL,
        /** What the server says is never read. */
        DEAF,
        /** Once a second a part is sent and some bytes are read. */
        SLOW
    }

    /** The next bytes to send, or null: nothing for now. */
    ByteBuffer next();

    default Pace pace() {
        return Pace.FULL;
    }

    default Rest rest() {
        return Rest.WAITS;
    }

    /** A request was answered. */
    default void answered(int status) {}
}
