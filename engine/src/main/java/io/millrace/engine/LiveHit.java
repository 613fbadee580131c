package io.millrace.engine;

/**
 * A page view or custom event of a moment ago. Immutable.
 *
 * @param time UTC milliseconds
 * @param page its path; null: it has none
 * @param event the custom event's name; null: it is a page view
 * @param source of its visit, as are the rest
 */
public record LiveHit(
        long time,
        String visitor,
        String page,
        String event,
        String source,
        String country,
        String browser,
        String device) {}
