package io.millrace.server.internal.notify;

import io.millrace.engine.spi.AccountStore.Topic;
import java.time.Instant;
import java.util.Map;

/**
 * What somebody is told. Immutable.
 *
 * @param id the same each time that it is sent
 * @param site the domain, or null: of the server
 * @param title one line
 * @param text for people, without markup
 * @param html the same as a page
 * @param figures for machines, whole numbers by name
 */
record Notice(
        String id,
        Topic topic,
        String site,
        Instant at,
        String title,
        String text,
        String html,
        Map<String, Long> figures) {
    Notice {
        figures = Map.copyOf(figures);
    }
}
