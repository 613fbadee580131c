package io.millrace.wire;

import io.millrace.engine.Event;

/** What a line of the replay format holds. */
public sealed interface ReplayLine {

    /** A beacon before enrichment, well-formed. */
    record OfBeacon(Draft draft) implements ReplayLine {}

    /** An event after it. */
    record OfEvent(Event event) implements ReplayLine {}

    /**
     * A record of an export: a site, a visit and the like.
     *
     * @param value a tree as {@link io.millrace.wire.json.Json} reads it
     */
    record OfRecord(String kind, Object value) implements ReplayLine {}

    /**
     * Nothing that can be taken.
     *
     * @param siteId the site it names, or 0
     */
    record Refused(FieldError error, int siteId) implements ReplayLine {}
}
