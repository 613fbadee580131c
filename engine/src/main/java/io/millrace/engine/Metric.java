package io.millrace.engine;

/** What a query can count. Averages and rates are quotients of these, taken over the whole period by who shows them. */
public enum Metric {
    /** Distinct visitors of the page views and custom events selected. */
    VISITORS,
    /** Visits that started in the period and have a selected page view or custom event. */
    SESSIONS,
    /** Page views selected. */
    PAGE_VIEWS,
    /** Those of {@link #SESSIONS} that are bounces. */
    BOUNCES,
    /** Summed duration of {@link #SESSIONS}, whole seconds. */
    DURATION,
    /** Custom events selected. */
    EVENTS,
    /** Summed visible and focused time of {@link #SESSIONS}, milliseconds. */
    ENGAGED
}
