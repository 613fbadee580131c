package io.millrace.dashboard.internal.request;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as answers show them: ISO 8601 with the site's offset. */
public final class Times {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

    private Times() {}

    /** A zone's IANA name. */
    public static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    public static String iso(long utcMillis, ZoneId zone) {
        return ISO.format(Instant.ofEpochMilli(utcMillis).atZone(zone));
    }
}
