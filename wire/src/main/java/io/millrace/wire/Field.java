package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.PlainText;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
    WEBDRIVER,
    TIME,
    IP,
    USER_AGENT,
    COUNTRY,
    REGION,
    CITY;

    /** All of them by name. */
    static final JsonNames<Field> NAMES = new JsonNames<>(values());

    private static final Map<String, Beacon.Type> TYPES = Arrays.stream(Beacon.Type.values())
            .collect(Collectors.toUnmodifiableMap(type -> type.name().toLowerCase(Locale.ROOT), type -> type));

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
        if (identifies()) {
            draft.once(this, label);
        }
        switch (this) {
            case SITE_ID -> Values.siteId(json, draft, label);
            case SITE -> Texts.site(draft, label, Values.text(json, draft, label));
            case TYPE -> draft.beacon.type(type(json, draft, label));
            case ID -> draft.beacon.id(token(json, draft, label, Texts.MAX_ID));
            case ATTEMPT -> draft.attempt = Values.integer(json, draft, label, 0, 1_000_000);
            case VISITOR_ID -> draft.beacon.visitorId(token(json, draft, label, Texts.MAX_CLIENT_ID));
            case SESSION_ID -> draft.beacon.sessionId(token(json, draft, label, Texts.MAX_CLIENT_ID));
            case VIEW -> draft.beacon.view(token(json, draft, label, Texts.MAX_ID));
            case AGE -> draft.age = Values.millis(json, draft, label, Limits.MAX_AGE.toMillis());
            case URL -> draft.beacon.url(Texts.url(draft, label, Values.text(json, draft, label)));
            case PATHNAME -> draft.beacon.pathname(Texts.path(draft, label, Values.text(json, draft, label)));
            case HOSTNAME -> draft.beacon.hostname(Texts.host(draft, label, decoration(json, draft)));
            case REFERRER -> draft.beacon.referrer(Texts.referrer(draft, label, decoration(json, draft)));
            case TITLE -> draft.beacon.title(cut(json, draft, Texts.MAX_TITLE));
            case LANGUAGE -> draft.beacon.language(cut(json, draft, Texts.MAX_LANGUAGE));
            case UTM_SOURCE -> draft.utmSource = cut(json, draft, Texts.MAX_CAMPAIGN);
            case UTM_MEDIUM -> draft.utmMedium = cut(json, draft, Texts.MAX_CAMPAIGN);
            case UTM_CAMPAIGN -> draft.utmCampaign = cut(json, draft, Texts.MAX_CAMPAIGN);
            case UTM_TERM -> draft.utmTerm = cut(json, draft, Texts.MAX_CAMPAIGN);
            case UTM_CONTENT -> draft.utmContent = cut(json, draft, Texts.MAX_CAMPAIGN);
            case REF -> draft.beacon.ref(cut(json, draft, Texts.MAX_CAMPAIGN));
            case SCREEN_WIDTH -> draft.beacon.screenWidth(Texts.pixels(draft, label, decoration(json, draft)));
            case SCREEN_HEIGHT -> draft.beacon.screenHeight(Texts.pixels(draft, label, decoration(json, draft)));
            case NAME -> draft.beacon.name(cut(json, draft, Texts.MAX_NAME));
            case PROPS -> draft.beacon.props(Extras.props(json, draft, label));
            case REVENUE -> draft.beacon.revenue(Extras.revenue(json, draft, label));
            case ENGAGED_MS ->
                draft.beacon.engagedMillis(
                        Texts.amount(draft, label, decoration(json, draft), Limits.MAX_ENGAGED.toMillis()));
            case SCROLL -> draft.beacon.scroll((int) Texts.amount(draft, label, decoration(json, draft), 100));
            case WEBDRIVER -> webdriver(json, draft);
            case TIME -> draft.time = Values.time(json, draft, label);
            case IP -> draft.beacon.address(Texts.address(draft, label, Values.text(json, draft, label)));
            case USER_AGENT -> draft.beacon.userAgent(cut(json, draft, Texts.MAX_AGENT));
            case COUNTRY -> draft.country = Texts.country(draft, label, decoration(json, draft));
            case REGION -> draft.region = cut(json, draft, 64);
            case CITY -> draft.city = cut(json, draft, 128);
        }
    }

    /** Whether a program drives the browser, as that says itself. */
    private void webdriver(JsonCursor json, Draft draft) throws MalformedJson {
        String value = Values.scalar(json, draft, label);
        if ("true".equals(value) || "1".equals(value)) {
            draft.beacon.sender(Beacon.Sender.PROGRAM);
        }
    }

    /** The text of what only decorates an event, or null: it was not sent, or is no scalar. */
    private String decoration(JsonCursor json, Draft draft) throws MalformedJson {
        return Values.decoration(json, draft, label);
    }

    /** The same, cut to so many bytes. */
    private String cut(JsonCursor json, Draft draft, int max) throws MalformedJson {
        return Texts.cut(draft, label, decoration(json, draft), max);
    }

    private static String token(JsonCursor json, Draft draft, String field, int max) throws MalformedJson {
        return Texts.token(draft, field, Values.text(json, draft, field), max);
    }

    private static Beacon.Type type(JsonCursor json, Draft draft, String field) throws MalformedJson {
        String name = Values.text(json, draft, field);
        Beacon.Type type = name == null ? Beacon.Type.PAGEVIEW : TYPES.get(PlainText.strip(name));
        if (type == null) {
            draft.refuse(FieldError.invalid(field, "must be pageview, event, heartbeat or engagement"));
        }
        return type == null ? Beacon.Type.PAGEVIEW : type;
    }
}
