package io.millrace.dashboard;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The dashboard route. Thread-safe, and fit for event loops: a call returns at once, and whatever takes time happens on
 * the API's own threads.
 */
public interface Api {

    /**
     * What answers this method at this path, found once for a request, or null: the path is not one of the API's.
     *
     * @param method {@code GET} for a {@code HEAD}, too
     * @param path decoded
     */
    Endpoint find(String method, String path);

    /**
     * Whether pages of other sites may show the page at this path in a frame: it is a shared link's, and the link is
     * there. Pages of users never may, so that nobody is made to click on them unseen.
     *
     * @param path as sent, not decoded
     */
    default boolean frames(String path) {
        return false;
    }

    /** Answers the requests of one method and path, in one of two ways. Thread-safe. */
    @FunctionalInterface
    interface Endpoint {

        /** Answers a request; the stage never completes exceptionally. */
        CompletionStage<ApiResponse> handle(ApiRequest request);

        /** Whether it is a stream of server-sent events, which is opened. */
        default boolean streams() {
            return false;
        }

        /**
         * Opens a stream.
         *
         * @param send is given each event's bytes, on the API's threads, never two at a time; an empty array ends the
         *     stream from this side (the site or the caller's right is gone, the server stops)
         * @return an answer to send instead of a stream (401, 404, 429), or the stream to close when the client is gone
         */
        default Stream open(ApiRequest request, Consumer<byte[]> send) {
            throw new UnsupportedOperationException("no stream");
        }
    }

    /** An open stream, or the refusal of one. */
    interface Stream extends AutoCloseable {
        /** The answer to send when there is no stream; null when there is one. */
        ApiResponse refusal();

        @Override
        void close();
    }
}
