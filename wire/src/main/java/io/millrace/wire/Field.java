package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.util.Locale;

/** The fields of a beacon on the wire, each with how it is read; the name there is the constant's in lower case. */
enum Field {
    SITE_ID((json, draft, field) -> Values.siteId(json, draft, field)),
    SITE((json, draft, field) -> Texts.site(draft, field, Values.text(json, draft, field))),
    TYPE((json, draft, field) -> draft.type = type(json, draft, field)),
    ID((json, draft, field) -> draft.id = token(json, draft, field, Texts.MAX_ID)),
    ATTEMPT((json, draft, field) -> draft.attempt = Values.integer(json, draft, field, 0, 1_000_000)),
    VISITOR_ID((json, draft, field) -> draft.visitorId = token(json, draft, field, Texts.MAX_CLIENT_ID)),
    SESSION_ID((json, draft, field) -> draft.sessionId = token(json, draft, field, Texts.MAX_CLIENT_ID)),
    VIEW((json, draft, field) -> draft.view = token(json, draft, field, Texts.MAX_ID)),
    AGE((json, draft, field) -> draft.age = Values.integer(json, draft, field, 0, BeaconReader.MAX_AGE.toMillis())),
    URL((json, draft, field) -> draft.url = Texts.url(draft, field, Values.required(json, draft, field))),
    PATHNAME((json, draft, field) -> draft.pathname = Texts.path(draft, field, Values.required(json, draft, field))),
    HOSTNAME(decoration((draft, field, text) -> draft.hostname = Texts.host(draft, field, text))),
    REFERRER(decoration((draft, field, text) -> draft.referrer = Texts.referrer(draft, field, text))),
    TITLE(decoration((draft, field, text) -> draft.title = Texts.title(draft, field, text))),
    LANGUAGE(decoration((draft, field, text) -> draft.language = Texts.language(draft, field, text))),
    UTM_SOURCE(decoration((draft, field, text) -> draft.utmSource = Texts.campaign(draft, field, text))),
    UTM_MEDIUM(decoration((draft, field, text) -> draft.utmMedium = Texts.campaign(draft, field, text))),
    UTM_CAMPAIGN(decoration((draft, field, text) -> draft.utmCampaign = Texts.campaign(draft, field, text))),
    UTM_TERM(decoration((draft, field, text) -> draft.utmTerm = Texts.campaign(draft, field, text))),
    UTM_CONTENT(decoration((draft, field, text) -> draft.utmContent = Texts.campaign(draft, field, text))),
    REF(decoration((draft, field, text) -> draft.ref = Texts.campaign(draft, field, text))),
    SCREEN_WIDTH(decoration((draft, field, text) -> draft.screenWidth = Texts.pixels(draft, field, text))),
    SCREEN_HEIGHT(decoration((draft, field, text) -> draft.screenHeight = Texts.pixels(draft, field, text))),
    NAME(decoration((draft, field, text) -> draft.name = Texts.name(draft, field, text))),
    PROPS((json, draft, field) -> draft.props = Extras.props(json, draft, field)),
    REVENUE((json, draft, field) -> draft.revenue = Extras.revenue(json, draft, field)),
    ENGAGED_MS(decoration((draft, field, text) ->
            draft.engagedMillis = Texts.amount(draft, field, text, BeaconReader.MAX_ENGAGED.toMillis()))),
    SCROLL(decoration((draft, field, text) -> draft.scroll = (int) Texts.amount(draft, field, text, 100))),
    TIME((json, draft, field) -> draft.time = Values.integer(json, draft, field, 1, BeaconReader.MAX_TIME)),
    IP((json, draft, field) -> draft.address = Texts.address(draft, field, Values.text(json, draft, field))),
    USER_AGENT(decoration((draft, field, text) -> draft.userAgent = Texts.agent(draft, field, text))),
    COUNTRY(decoration((draft, field, text) -> draft.country = Texts.cut(draft, field, text, 2))),
    REGION(decoration((draft, field, text) -> draft.region = Texts.cut(draft, field, text, 64))),
    CITY(decoration((draft, field, text) -> draft.city = Texts.cut(draft, field, text, 128)));

    /** All of them by name. */
    static final JsonNames<Field> NAMES = new JsonNames<>(values(), Field::label);

    /** Reads a value from where the cursor stands into a draft. */
    @FunctionalInterface
    private interface Reader {
        void read(JsonCursor json, Draft draft, String field) throws MalformedJson;
    }

    /** Puts a text into a draft; null: it was not sent, or was not one. */
    @FunctionalInterface
    private interface Setter {
        void set(Draft draft, String field, String text);
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Reader reader;

    Field(Reader reader) {
        this.reader = reader;
    }

    private static Reader decoration(Setter setter) {
        return (json, draft, field) -> setter.set(draft, field, Values.scalar(json, draft, field));
    }

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
        reader.read(json, draft, label);
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
