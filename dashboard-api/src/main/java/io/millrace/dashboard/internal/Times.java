package io.millrace.dashboard.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as answers show them: ISO 8601 with the site's offset. */
final class Times {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

    private Times() {}

    /** A zone's IANA name. */
    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    static String iso(long utcMillis, ZoneId zone) {
        return ISO.format(Instant.ofEpochMilli(utcMillis).atZone(zone));
    }
}
