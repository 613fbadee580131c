package io.millrace.perf.traffic;

/** One thing a visitor does, drawn by {@link Traffic}. Filled again and again; the fields are indexes into {@link World}. */
public final class Hit {
    /** The event's own id; {@link Ids#LENGTH} characters. */
    public final byte[] id = new byte[Ids.LENGTH];

    final byte[] visitor = new byte[Ids.LENGTH];
    final byte[] session = new byte[Ids.LENGTH];

    /** The id's bits, to remember what was sent in 16 bytes. */
    public long idHigh;

    public long idLow;

    /** Only "still here": no page view, and no row. */
    public boolean heartbeat;

    /** Tells who it is where no id does; of 31 bits. */
    int visitorNumber;

    int path;
    int agent;
    int country;
    /** Where the visit came from. */
    int source;
    /** Whether it is the first page of the visit. */
    boolean entry;
    /** The page before, for the referrer of the later ones. */
    int previous;
}
