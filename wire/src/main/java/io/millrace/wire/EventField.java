package io.millrace.wire;

import io.millrace.wire.json.JsonNames;
import java.util.Locale;

/** The fields of an enriched event in the replay format; the name there is the constant's in lower case. */
enum EventField {
    SITE,
    TYPE,
    ID,
    VISITOR,
    EARLIER_VISITOR,
    SESSION_ID,
    HOSTNAME,
    PATH,
    TITLE,
    REFERRER,
    REFERRER_HOST,
    SOURCE,
    CHANNEL,
    UTM_SOURCE,
    UTM_MEDIUM,
    UTM_CAMPAIGN,
    UTM_TERM,
    UTM_CONTENT,
    AFFILIATE,
    COUNTRY,
    REGION,
    CITY,
    BROWSER,
    BROWSER_VERSION,
    OS,
    OS_VERSION,
    DEVICE,
    LANGUAGE,
    SCREEN_WIDTH,
    SCREEN_HEIGHT,
    NAME,
    PROPS,
    REVENUE_MINOR,
    REVENUE_CURRENCY,
    VIEW,
    ENGAGED_MS,
    SCROLL,
    FILTERED;

    /** All of them by name. */
    static final JsonNames<EventField> NAMES = new JsonNames<>(values(), EventField::label);

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name on the wire. */
    String label() {
        return label;
    }

    /** Whether its value is a whole number. */
    boolean number() {
        return switch (this) {
            case SITE, SCREEN_WIDTH, SCREEN_HEIGHT, REVENUE_MINOR, ENGAGED_MS, SCROLL -> true;
            default -> false;
        };
    }
}
