package io.millrace.http.internal.message;

/** Knows what answers which request; all that a connection knows of it. Belongs to one event loop. */
public interface Routes {

    /** What answers this path. */
    Route find(Request request);

    /** The answer to what is no valid request. */
    Response unreadable(HeadCheck.Problem problem);
}
