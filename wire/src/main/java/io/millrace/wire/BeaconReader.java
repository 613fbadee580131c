package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.MalformedJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads collect bodies: one JSON object, or an array of them. Whatever bytes it is given it answers; it never throws.
 * Not thread-safe; keep one for each thread.
 */
public final class BeaconReader {
    /** Objects and arrays within each other at most. */
    public static final int MAX_DEPTH = 8;

    /** Members of an array at most. */
    public static final int MAX_MEMBERS = 500;

    /** How long ago something may have happened when nobody vouches for the sender. */
    public static final Duration MAX_AGE = Duration.ofHours(72);

    static final int MAX_URL = 4096;
    static final int MAX_PATH = 2048;

    private static final int MAX_REFERRER = 2048;
    private static final int MAX_TITLE = 512;
    private static final int MAX_LANGUAGE = 35;
    private static final int MAX_CAMPAIGN = 200;
    private static final int MAX_NAME = 120;
    private static final int MAX_AGENT = 512;
    private static final int MAX_PIXELS = 100_000;

    /** The end of the year 9999. */
    private static final long MAX_TIME = 253_402_300_799_999L;

    private final JsonCursor json = new JsonCursor();

    /** A reader that has read nothing. */
    public BeaconReader() {}

    /**
     * Reads a body.
     *
     * @param bytes not changed and not kept; only the first {@code length} are read
     * @param trusted whether the sender may say times, addresses, agents and places; else they are ignored
     */
    public Body read(byte[] bytes, int length, boolean trusted) {
        try {
            json.open(bytes, length, MAX_DEPTH);
            Body body = json.at('[') ? array(trusted) : new Body(false, List.of(draft(json, trusted)), null);
            if (body.error() == null) {
                json.end();
            }
            return body;
        } catch (MalformedJson e) {
            return Body.refused(FieldError.malformed(e.getMessage()));
        }
    }

    private Body array(boolean trusted) throws MalformedJson {
        List<Draft> members = new ArrayList<>();
        for (boolean more = json.enter(']'); more; more = json.next(']')) {
            if (members.size() == MAX_MEMBERS) {
                return Body.refused(
                        new FieldError(FieldError.TOO_LARGE, "array of more than " + MAX_MEMBERS + " members", null));
            }
            members.add(draft(json, trusted));
        }
        return new Body(true, members, null);
    }

    /** Reads one member from where the cursor stands. */
    static Draft draft(JsonCursor json, boolean trusted) throws MalformedJson {
        Draft draft = new Draft();
        draft.trusted = trusted;
        if (!json.at('{')) {
            json.skip();
            draft.refuse(FieldError.malformed("not an object"));
            return draft;
        }
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Field field = json.name(Field.NAMES);
            if (field == null || field.privileged() && !trusted) {
                json.skip();
            } else {
                value(json, draft, field);
            }
        }
        Rules.check(draft);
        return draft;
    }

    private static void value(JsonCursor json, Draft draft, Field field) throws MalformedJson {
        switch (field) {
            case SITE_ID -> draft.siteId = Values.siteId(json, draft);
            case SITE -> draft.site = Values.host(json, draft, field);
            case TYPE -> draft.type = type(json, draft);
            case ID -> draft.id = Values.token(json, draft, field, 36);
            case ATTEMPT -> draft.attempt = Values.integer(json, draft, field, 0, 1_000_000);
            case VISITOR_ID -> draft.visitorId = Values.token(json, draft, field, 64);
            case SESSION_ID -> draft.sessionId = Values.token(json, draft, field, 64);
            case URL -> draft.url = Values.required(json, draft, field, MAX_URL);
            case PATHNAME -> draft.pathname = Values.required(json, draft, field, MAX_PATH);
            case HOSTNAME -> draft.hostname = Values.host(json, draft, field);
            case SCREEN_WIDTH -> draft.screenWidth = (int) Values.integer(json, draft, field, 0, MAX_PIXELS);
            case SCREEN_HEIGHT -> draft.screenHeight = (int) Values.integer(json, draft, field, 0, MAX_PIXELS);
            case AGE -> draft.age = Values.integer(json, draft, field, 0, MAX_AGE.toMillis());
            default -> text(json, draft, field);
        }
    }

    private static void text(JsonCursor json, Draft draft, Field field) throws MalformedJson {
        switch (field) {
            case REFERRER -> draft.referrer = Values.cut(json, draft, field, MAX_REFERRER);
            case TITLE -> draft.title = Values.cut(json, draft, field, MAX_TITLE);
            case LANGUAGE -> draft.language = Values.cut(json, draft, field, MAX_LANGUAGE);
            case UTM_SOURCE -> draft.utmSource = Values.cut(json, draft, field, MAX_CAMPAIGN);
            case UTM_MEDIUM -> draft.utmMedium = Values.cut(json, draft, field, MAX_CAMPAIGN);
            case UTM_CAMPAIGN -> draft.utmCampaign = Values.cut(json, draft, field, MAX_CAMPAIGN);
            case UTM_TERM -> draft.utmTerm = Values.cut(json, draft, field, MAX_CAMPAIGN);
            case UTM_CONTENT -> draft.utmContent = Values.cut(json, draft, field, MAX_CAMPAIGN);
            case REF -> draft.ref = Values.cut(json, draft, field, MAX_CAMPAIGN);
            default -> event(json, draft, field);
        }
    }

    private static void event(JsonCursor json, Draft draft, Field field) throws MalformedJson {
        switch (field) {
            case NAME -> draft.name = Values.required(json, draft, field, MAX_NAME);
            case PROPS -> draft.props = Extras.props(json, draft);
            case REVENUE -> draft.revenue = Extras.revenue(json, draft);
            case VIEW -> draft.view = Values.token(json, draft, field, 36);
            case ENGAGED_MS ->
                draft.engagedMillis =
                        Values.integer(json, draft, field, 0, Duration.ofDays(1).toMillis());
            case SCROLL -> draft.scroll = (int) Values.integer(json, draft, field, 0, 100);
            default -> client(json, draft, field);
        }
    }

    /** What only a trusted sender says. */
    static void client(JsonCursor json, Draft draft, Field field) throws MalformedJson {
        switch (field) {
            case TIME -> draft.time = Values.integer(json, draft, field, 1, MAX_TIME);
            case IP -> draft.address = Values.address(Values.token(json, draft, field, 45), draft);
            case USER_AGENT -> draft.userAgent = Values.cut(json, draft, field, MAX_AGENT);
            case COUNTRY -> draft.country = Values.cut(json, draft, field, 2);
            case REGION -> draft.region = Values.cut(json, draft, field, 64);
            case CITY -> draft.city = Values.cut(json, draft, field, 128);
            default -> json.skip();
        }
    }

    private static Beacon.Type type(JsonCursor json, Draft draft) throws MalformedJson {
        String type = Values.text(json, draft, Field.TYPE);
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
        draft.refuse(FieldError.invalid("type", "must be pageview, event, heartbeat or engagement"));
        return Beacon.Type.PAGEVIEW;
    }
}
