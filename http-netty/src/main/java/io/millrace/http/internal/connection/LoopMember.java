package io.millrace.http.internal.connection;

/** A connection as its event loop sees it. Belongs to that loop. */
interface LoopMember {
    /** Writes what is ready, and reads on. */
    void writeReady();

    /** Has its answers looked at when others have been read. */
    void goOnLater();

    /** Others have been read. */
    void goOn();

    /** Ends what is over its time. Answers whether anything was. */
    boolean checkDeadlines(long now);

    /** Whether a request waits for its answer. */
    boolean waiting();

    /** Whether nothing is on its way, in neither direction. */
    boolean isQuiet();

    /** Since when it has been quiet, for comparison with others. */
    long quietSince();

    void closeIfQuiet();

    /** Ends the connection as it stands. */
    void abort();

    /**
     * Gives back its memory at once. It stays open and is not read until the time of its request is over: whoever is closed
     * on comes back at once. Only what it holds as long as it is open, a handshake or unread answers, closes it now.
     */
    void drop();

    /** Open connections of its network. */
    int ofItsNetwork();

    /** Bytes of unfinished requests. */
    long unfinishedBytes();

    /** What its network holds of unfinished requests. */
    MemoryBudget.Share unfinished();

    /** Bytes of answers that the client does not read. */
    long unsentBytes();

    /** Whether something has waited for the client for a second. */
    boolean readsNothing();

    /** What its network holds of answers. */
    MemoryBudget.Share unsent();
}
