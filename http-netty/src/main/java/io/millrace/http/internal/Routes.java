package io.millrace.http.internal;

/** Knows what answers which request; all that a connection knows of it. Belongs to one event loop. */
interface Routes {

    /** What answers this path. */
    Route find(Request request);

    /** The answer to what is no valid request. */
    Response unreadable(Heads.Problem problem);
}
