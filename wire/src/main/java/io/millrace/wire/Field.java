package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.util.Locale;

/** The fields of a beacon on the wire, each with how it is read; the name there is the constant's in lower case. */
enum Field {
    SITE_ID,
    SITE,
    TYPE,
    ID,
    ATTEMPT,
    VISITOR_ID,
    SESSION_ID,
    VIEW,
    AGE,
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
    ENGAGED_MS,
    SCROLL,
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
        return compareTo(TIME) >= 0;
    }

    /** Whether it identifies or places its event, so that it must not be ambiguous. */
    private boolean identifies() {
        return compareTo(PATHNAME) <= 0;
    }

    /** Reads this field's value from where the cursor stands. */
    void read(JsonCursor json, Draft draft) throws MalformedJson {
        long bit = 1L << ordinal();
        if (identifies() && (draft.seen & bit) != 0) {
            draft.refuse(FieldError.invalid(label, "sent twice"));
        }
        draft.seen |= bit;
        switch (this) {
            case SITE_ID -> Values.siteId(json, draft, label);
            case SITE -> Texts.site(draft, label, Values.text(json, draft, label));
            case TYPE -> draft.type = type(json, draft, label);
            case ID -> draft.id = token(json, draft, label, Texts.MAX_ID);
            case ATTEMPT -> draft.attempt = Values.integer(json, draft, label, 0, 1_000_000);
            case VISITOR_ID -> draft.visitorId = token(json, draft, label, Texts.MAX_CLIENT_ID);
            case SESSION_ID -> draft.sessionId = token(json, draft, label, Texts.MAX_CLIENT_ID);
            case VIEW -> draft.view = token(json, draft, label, Texts.MAX_ID);
            case AGE -> draft.age = Values.integer(json, draft, label, 0, BeaconReader.MAX_AGE.toMillis());
            case URL -> draft.url = Texts.url(draft, label, Values.required(json, draft, label));
            case PATHNAME -> draft.pathname = Texts.path(draft, label, Values.required(json, draft, label));
            case HOSTNAME -> draft.hostname = Texts.host(draft, label, decoration(json, draft));
            case REFERRER -> draft.referrer = Texts.referrer(draft, label, decoration(json, draft));
            case TITLE -> draft.title = Texts.title(draft, label, decoration(json, draft));
            case LANGUAGE -> draft.language = Texts.language(draft, label, decoration(json, draft));
            case UTM_SOURCE -> draft.utmSource = Texts.campaign(draft, label, decoration(json, draft));
            case UTM_MEDIUM -> draft.utmMedium = Texts.campaign(draft, label, decoration(json, draft));
            case UTM_CAMPAIGN -> draft.utmCampaign = Texts.campaign(draft, label, decoration(json, draft));
            case UTM_TERM -> draft.utmTerm = Texts.campaign(draft, label, decoration(json, draft));
            case UTM_CONTENT -> draft.utmContent = Texts.campaign(draft, label, decoration(json, draft));
            case REF -> draft.ref = Texts.campaign(draft, label, decoration(json, draft));
            case SCREEN_WIDTH -> draft.screenWidth = Texts.pixels(draft, label, decoration(json, draft));
            case SCREEN_HEIGHT -> draft.screenHeight = Texts.pixels(draft, label, decoration(json, draft));
            case NAME -> draft.name = Texts.name(draft, label, decoration(json, draft));
            case PROPS -> draft.props = Extras.props(json, draft, label);
            case REVENUE -> draft.revenue = Extras.revenue(json, draft, label);
            case ENGAGED_MS ->
                draft.engagedMillis =
                        Texts.amount(draft, label, decoration(json, draft), BeaconReader.MAX_ENGAGED.toMillis());
            case SCROLL -> draft.scroll = (int) Texts.amount(draft, label, decoration(json, draft), 100);
            case TIME -> draft.time = Values.time(json, draft, label);
            case IP -> draft.address = Texts.address(draft, label, Values.text(json, draft, label));
            case USER_AGENT -> draft.userAgent = Texts.agent(draft, label, decoration(json, draft));
            case COUNTRY -> draft.country = Texts.country(draft, label, decoration(json, draft));
            case REGION -> draft.region = Texts.cut(draft, label, decoration(json, draft), 64);
            case CITY -> draft.city = Texts.cut(draft, label, decoration(json, draft), 128);
        }
    }

    /** The text of what only decorates an event, or null: it was not sent, or is no scalar. */
    private String decoration(JsonCursor json, Draft draft) throws MalformedJson {
        return Values.scalar(json, draft, label);
    }

    private static String token(JsonCursor json, Draft draft, String field, int max) throws MalformedJson {
        return Texts.token(draft, field, Values.text(json, draft, field), max);
    }

    private static Beacon.Type type(JsonCursor json, Draft draft, String field) throws MalformedJson {
        String type = Values.text(json, draft, field);
        if (type != null) {
            switch (type) {
                case "pageview":
                    return Beacon.Type.PAGEVIEW;
                case "event":
                    return Beacon.Type.EVENT;
                case "heartbeat":
                    return Beacon.Type.HEARTBEAT;
                case "engagement":
                    return Beacon.Type.ENGAGEMENT;
                default:
            }
        }
        draft.refuse(FieldError.invalid(field, "must be pageview, event, heartbeat or engagement"));
        return Beacon.Type.PAGEVIEW;
    }
}
