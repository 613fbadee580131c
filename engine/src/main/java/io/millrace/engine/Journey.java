package io.millrace.engine;

import java.util.List;
import java.util.Map;

/**
 * What a site holds of one visitor. Immutable.
 *
 * @param visits the earliest visits, oldest first
 * @param pages the earliest page views, oldest first
 * @param events the earliest custom events, oldest first
 * @param totalVisits how many visits there are
 * @param totalPages how many page views there are
 * @param lastActivity of all visits, UTC milliseconds
 */
public record Journey(
        List<Visit> visits, List<Page> pages, List<Done> events, int totalVisits, int totalPages, long lastActivity) {
    public Journey {
        visits = List.copyOf(visits);
        pages = List.copyOf(pages);
        events = List.copyOf(events);
    }

    /**
     * One page view.
     *
     * @param time UTC milliseconds
     */
    public record Page(long visitId, long time, String hostname, String path, String title) {}

    /**
     * One custom event.
     *
     * @param time UTC milliseconds
     */
    public record Done(long visitId, long time, String name, String path, Map<String, String> props) {
        public Done {
            props = Map.copyOf(props);
        }
    }
}
