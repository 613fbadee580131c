package io.millrace.perf.load;

import java.nio.ByteBuffer;

/** What to send, and what to make of the answers. Called by the client's thread only; times are of {@link System#nanoTime}. */
public interface Work {

    /**
     * When the next request should leave.
     *
     * @return now or earlier: at once; {@link Long#MAX_VALUE}: not until an answer came
     */
    long due(long now);

    /** Writes the next request (flipped) and sets the exchange's other fields as it likes. Called when one is due. */
    void fill(Exchange exchange, long now);

    /** An answer arrived whole. */
    void answered(Exchange exchange, Response response, long now);

    /**
     * The connection could not be made, broke, or took too long, before the answer was whole.
     *
     * @param exchange what was under way, or null when the connection could not be made
     */
    void broken(Exchange exchange, Failure failure, long now);

    /** Whether nothing more will be sent; the client waits for the answers under way. */
    boolean finished(long now);

    /** Whether each request comes on a connection of its own, whose making counts; the request must ask to close it. */
    default boolean fresh() {
        return false;
    }

    /** Whether an answer is over with its head: a stream's body has no end. Its connection is closed then. */
    default boolean endsWithHead() {
        return false;
    }

    /** How an exchange fails without an answer. */
    enum Failure {
        CONNECT,
        RESET,
        TIMEOUT
    }

    /** One request and what its work wants to remember of it; each connection has one and uses it again and again. */
    final class Exchange {
        /** The request's bytes, ready to write. */
        public final ByteBuffer request;
        /** When it should have left: where latency is counted from. */
        public long intended;
        /** When its first byte was written. */
        public long sent;
        /** Page views that it carries. */
        public int events;
        /** Anything else. */
        public Object attachment;

        public Exchange(int capacity) {
            request = ByteBuffer.allocateDirect(capacity);
        }
    }
}
