package io.millrace.wire;

import io.millrace.wire.json.JsonNames;
import java.util.Locale;

/** The fields of a beacon on the wire; the name there is the constant's in lower case. */
enum Field {
    SITE_ID,
    SITE,
    TYPE,
    ID,
    ATTEMPT,
    VISITOR_ID,
    SESSION_ID,
    URL,
    PATHNAME,
    HOSTNAME,
    REFERRER,
    TITLE,
    LANGUAGE,
    UTM_SOURCE,
    UTM_MEDIUM,
    UTM_CAMPAIGN,
    UTM_TERM,
    UTM_CONTENT,
    REF,
    SCREEN_WIDTH,
    SCREEN_HEIGHT,
    NAME,
    PROPS,
    REVENUE,
    VIEW,
    ENGAGED_MS,
    SCROLL,
    AGE,
    TIME,
    IP,
    USER_AGENT,
    COUNTRY,
    REGION,
    CITY;

    /** All of them by name. */
    static final JsonNames<Field> NAMES = new JsonNames<>(values(), Field::label);

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name on the wire. */
    String label() {
        return label;
    }

    /** Whether only a trusted sender may say this. */
    boolean privileged() {
        return ordinal() >= TIME.ordinal();
    }
}
