package io.millrace.http.internal.message;

/** What answers the requests of some paths. Belongs to one event loop, so it needs no locks. */
public interface Route {

    /**
     * Refuses a request by its head alone, before its body is read.
     *
     * @return the answer, or null: go on
     */
    default Response refuse(Request request) {
        return null;
    }

    /** Whether it keeps the body until it has answered. */
    default boolean keepsBody() {
        return false;
    }

    /** Answers a request, now or later; its body may be used only during the call. */
    void handle(Request request, Reply reply);

    /** The answer to a request of this route that could not be read to its end, or not be answered. */
    default Response failure(HeadCheck.Problem problem) {
        return Answers.error(problem.status(), problem.code(), problem.message());
    }
}
