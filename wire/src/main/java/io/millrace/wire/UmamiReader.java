package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads what Umami's tracker posts to {@code /api/send} (one object) and {@code /api/batch} (an array). The site is
 * named by its UUID: {@link Draft#site()} holds it. Its own overrides count only for a trusted sender. Not thread-safe.
 */
public final class UmamiReader {

    private enum Outer {
        TYPE,
        PAYLOAD
    }

    private enum Inner {
        WEBSITE,
        HOSTNAME,
        URL,
        REFERRER,
        TITLE,
        LANGUAGE,
        SCREEN,
        NAME,
        DATA,
        ID,
        TIMESTAMP,
        IP,
        USERAGENT
    }

    private static final JsonNames<Outer> OUTER =
            new JsonNames<>(Outer.values(), n -> n.name().toLowerCase(Locale.ROOT));
    private static final JsonNames<Inner> INNER = new JsonNames<>(
            Inner.values(), n -> n == Inner.USERAGENT ? "userAgent" : n.name().toLowerCase(Locale.ROOT));

    private final JsonCursor json = new JsonCursor();

    /** A reader that has read nothing. */
    public UmamiReader() {}

    /** Reads a body. @see BeaconReader#read */
    public Body read(byte[] bytes, int length, boolean trusted) {
        try {
            json.open(bytes, length, BeaconReader.MAX_DEPTH);
            Body body = json.at('[') ? batch(trusted) : new Body(false, List.of(one(trusted)), null);
            if (body.error() == null) {
                json.end();
            }
            return body;
        } catch (MalformedJson e) {
            return Body.refused(FieldError.malformed(e.getMessage()));
        }
    }

    private Body batch(boolean trusted) throws MalformedJson {
        List<Draft> members = new ArrayList<>();
        for (boolean more = json.enter(']'); more; more = json.next(']')) {
            if (members.size() == BeaconReader.MAX_MEMBERS) {
                return Body.refused(new FieldError(
                        FieldError.TOO_LARGE, "array of more than " + BeaconReader.MAX_MEMBERS + " members", null));
            }
            members.add(one(trusted));
        }
        return new Body(true, members, null);
    }

    private Draft one(boolean trusted) throws MalformedJson {
        Draft draft = new Draft();
        draft.trusted = trusted;
        if (!json.at('{')) {
            json.skip();
            draft.refuse(FieldError.malformed("not an object"));
            return draft;
        }
        String type = null;
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Outer name = json.name(OUTER);
            if (name == Outer.TYPE) {
                type = text();
            } else if (name == Outer.PAYLOAD && json.at('{')) {
                payload(draft);
            } else {
                json.skip();
            }
        }
        finish(draft, type);
        return draft;
    }

    private void payload(Draft draft) throws MalformedJson {
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Inner name = json.name(INNER);
            if (name == null || name.ordinal() >= Inner.TIMESTAMP.ordinal() && !draft.trusted) {
                json.skip();
            } else {
                member(draft, name);
            }
        }
    }

    private void member(Draft draft, Inner name) throws MalformedJson {
        switch (name) {
            case WEBSITE -> Texts.site(draft, null, text());
            case HOSTNAME -> draft.hostname = Texts.cut(draft, text(), 253);
            case URL -> draft.url = Texts.whole(draft, "url", text(), BeaconReader.MAX_URL);
            case REFERRER -> draft.referrer = Texts.cut(draft, text(), 2048);
            case TITLE -> draft.title = Texts.cut(draft, text(), 512);
            case LANGUAGE -> draft.language = Texts.cut(draft, text(), 35);
            case SCREEN -> Texts.screen(draft, text(), 'x');
            case NAME -> draft.name = Texts.whole(draft, "name", text(), 120);
            case DATA -> draft.props = Extras.flat(json, draft);
            case ID -> draft.visitorId = Texts.token(draft, "id", text(), 64);
            case TIMESTAMP -> draft.time = 1000 * Values.integer(json, draft, Field.TIME, 1, 253_402_300_799L);
            case IP -> draft.address = Values.address(text(), draft);
            case USERAGENT -> draft.userAgent = Texts.cut(draft, text(), 512);
        }
    }

    private String text() throws MalformedJson {
        if (json.at('"')) {
            return json.string();
        }
        json.skip();
        return null;
    }

    private static void finish(Draft draft, String type) {
        if (draft.site == null) {
            draft.refuse(FieldError.missing("website", "required"));
        }
        if ("event".equals(type)) {
            draft.type = draft.name == null ? Beacon.Type.PAGEVIEW : Beacon.Type.EVENT;
        } else if ("identify".equals(type) || "performance".equals(type)) {
            draft.type = Beacon.Type.HEARTBEAT;
        } else {
            draft.refuse(FieldError.invalid("type", "must be event, identify or performance"));
        }
        relative(draft);
        Rules.check(draft);
    }

    /** Umami's tracker sends the URL without its host. */
    private static void relative(Draft draft) {
        if (draft.url != null && draft.url.startsWith("/") && draft.hostname != null) {
            draft.url = "https://" + draft.hostname + draft.url;
        }
    }
}
