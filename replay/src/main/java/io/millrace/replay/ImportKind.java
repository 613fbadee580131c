package io.millrace.replay;

/** What a file is of. */
public enum ImportKind {
    /** Umami: its table {@code website_event} as CSV. */
    UMAMI,
    /** GoatCounter: its export as CSV. */
    GOATCOUNTER,
    /** Matomo: its visits log as CSV. */
    MATOMO,
    /** Google Analytics 4: the export to BigQuery as NDJSON. */
    GA4,
    /** Traffic Source: its own SQLite file. */
    TRAFFIC_SOURCE,
    /** Access logs of nginx and Apache in the combined format. */
    ACCESS_LOG
}
