package io.millrace.storage.sqlite;

/** What stays of visits that are pruned. */
public enum Keep {
    /** What was counted of whole days: reports without filters. */
    FIGURES,
    /** The columns too: every report, but no rows and no names of visitors. */
    PACKS
}
