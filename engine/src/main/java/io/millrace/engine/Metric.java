package io.millrace.engine;

import java.util.List;

/** What a query can count. Averages and rates are quotients of these, taken over the whole period by who shows them. */
public enum Metric {
    /** Distinct visitors of the page views and custom events of the period that the filters select. */
    VISITORS,
    /**
     * Visits that started in the period and have, at any time, a page view or custom event that the filters select: so
     * the days of a period sum up to the period. By time they count when they started.
     */
    SESSIONS,
    /** Page views of the period that the filters select. */
    PAGE_VIEWS,
    /** Those of {@link #SESSIONS} that are bounces. */
    BOUNCES,
    /** Summed duration of {@link #SESSIONS}, whole seconds. */
    DURATION,
    /** Custom events of the period that the filters select. */
    EVENTS,
    /** Summed visible and focused time of {@link #SESSIONS}, milliseconds. */
    ENGAGED,
    /** Those of {@link #PAGE_VIEWS} whose client said how long or how far they were read. */
    MEASURED,
    /** Summed visible and focused time of {@link #MEASURED}, milliseconds. */
    READ,
    /** Summed scroll depth of {@link #MEASURED}, percent of the page each. */
    SCROLLED;

    /** What page views say one by one, so that no roll-up has it. */
    public static final List<Metric> READING = List.of(MEASURED, READ, SCROLLED);
}
