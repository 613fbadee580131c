package io.millrace.dashboard.internal.request;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Instants and zones as answers show them. */
public final class Times {
    private Times() {}

    /** A zone's IANA name. */
    public static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** An instant with the offset that a zone has then. */
    public static OffsetDateTime at(long utcMillis, ZoneId zone) {
        return Instant.ofEpochMilli(utcMillis).atZone(zone).toOffsetDateTime();
    }
}
