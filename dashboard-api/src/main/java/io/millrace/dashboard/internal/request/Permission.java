package io.millrace.dashboard.internal.request;

/** What an operation asks of its caller. */
public enum Permission {
    /** Nothing. */
    NOTHING,
    /** Any known caller. */
    KNOWN,
    /** To read reports of the site. */
    READ,
    /** To send events and conversions of the site. */
    INGEST,
    /** To change the site and what belongs to it. */
    EDIT,
    /** To remove the site; without a site: to do anything. */
    OWN
}
