package io.millrace.engine;

import io.millrace.engine.spi.HeapSize;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A visit's state after some event. Immutable: an event makes a new state, and the engine keeps the new one only when
 * the transaction that holds it has committed.
 *
 * @param id given by the engine, ascending over all sites
 * @param startedAt UTC milliseconds of the first event; late events never change it
 * @param lastActivity UTC milliseconds
 * @param pageViews page views so far
 * @param events custom events so far
 * @param engagedMillis visible and focused time so far, over all page views
 * @param exitPath path of the latest page view, null before the first
 * @param origin what was true when it started
 * @param affiliates ids of the affiliates that this visit has been counted for
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Visit(
        long id,
        Key key,
        long startedAt,
        long lastActivity,
        int pageViews,
        int events,
        long engagedMillis,
        String exitPath,
        long exitAt,
        Origin origin,
        List<Integer> affiliates)
        implements VisitBuilder.With {

    /** Engaged time from which a visit with one page view is not a bounce, in milliseconds. */
    public static final long ENGAGED_MILLIS = 10_000;

    /**
     * Whose visit it is. Visits of other keys are other visits: a session id belongs to the visitor that sent it.
     * Ordered, so that a hash map finds it fast although clients choose texts with equal hash codes.
     *
     * @param sessionId as sent, or null: then the visitor's activity alone makes the visit
     */
    public record Key(int siteId, String visitor, String sessionId) implements Comparable<Key> {
        private static final int HASH_DIGITS = 16;
        private static final Comparator<Key> ORDER = Comparator.comparingInt(Key::siteId)
                .thenComparing(Key::visitor)
                .thenComparing(Key::sessionId, Comparator.nullsFirst(Comparator.naturalOrder()));

        public Key {
            Objects.requireNonNull(visitor, "visitor");
        }

        /** Whether a visitor has no id of a client's: 16 lower-case hexadecimal digits, as {@link Event#visitor} says. */
        public static boolean isCookieless(String visitor) {
            return visitor.length() == HASH_DIGITS
                    && visitor.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        /** About how many bytes of heap it holds. */
        public int weight() {
            return HeapSize.OBJECT + HeapSize.of(visitor) + HeapSize.of(sessionId);
        }

        /** By hand, as hashCode below: what a record brings goes through a chain of method handles, with each event. */
        @Override
        public boolean equals(Object o) {
            return o instanceof Key other
                    && siteId == other.siteId
                    && visitor.equals(other.visitor)
                    && Objects.equals(sessionId, other.sessionId);
        }

        @Override
        public int hashCode() {
            return (siteId * 31 + visitor.hashCode()) * 31 + (sessionId == null ? 0 : sessionId.hashCode());
        }
    }

    /** What was true when a visit started: its attributes. */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    public record Origin(
            String hostname,
            String entryPath,
            String referrer,
            String referrerHost,
            String source,
            String channel,
            Campaign campaign,
            Place place,
            Agent agent,
            String language,
            int screenWidth,
            int screenHeight)
            implements VisitOriginBuilder.With {

        /** The attributes of a visit that this event opens. */
        public static Origin of(Event e) {
            return new Origin(
                    e.hostname(),
                    e.type() == Beacon.Type.PAGEVIEW ? e.path() : null,
                    e.referrer(),
                    e.referrerHost(),
                    e.source(),
                    e.channel(),
                    e.campaign(),
                    e.place(),
                    e.agent(),
                    e.language(),
                    e.screenWidth(),
                    e.screenHeight());
        }

        /** About how many bytes of heap it holds. */
        public int weight() {
            return HeapSize.OBJECT
                    + 56
                    + HeapSize.of(hostname)
                    + HeapSize.of(entryPath)
                    + HeapSize.of(referrer)
                    + HeapSize.of(referrerHost)
                    + HeapSize.of(source)
                    + HeapSize.of(channel)
                    + HeapSize.of(campaign)
                    + HeapSize.of(place)
                    + HeapSize.of(agent)
                    + HeapSize.of(language);
        }
    }

    /** Engagement totals so far of one page view; {@code id} is the client's id of it. */
    public record View(String id, long engagedMillis, int scroll) {}

    /** One page view, no custom event, and less than 10 s engaged. */
    public boolean bounce() {
        return pageViews == 1 && events == 0 && engagedMillis < ENGAGED_MILLIS;
    }

    /** Last activity less start, whole seconds. */
    public long durationSeconds() {
        return (lastActivity - startedAt) / 1000;
    }
}
