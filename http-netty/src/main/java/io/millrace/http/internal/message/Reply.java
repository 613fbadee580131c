package io.millrace.http.internal.message;

import java.util.concurrent.Executor;

/** Where the answer to one request goes. Used on its event loop only. */
public interface Reply {

    /** Answers; called once. The bytes leave when every earlier request of the connection is answered. */
    void send(Response response);

    /** The event loop, for answers that come from elsewhere. */
    Executor loop();

    /** Writes what is ready; only needed behind a {@link #send} that did not happen while handling a request. */
    void flush();

    /**
     * Begins a stream: the answer's head now, then whatever {@link Stream#push} is given.
     *
     * @param closed run once, on the event loop, when the client is gone
     */
    Stream stream(Response head, Runnable closed);

    /** An answer that goes on. Used on its event loop only. */
    interface Stream {
        /** Sends more; a client that does not read is cut off. */
        void push(byte[] bytes);
    }
}
