package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.PlainText;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
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
        USERAGENT;

        String label() {
            return this == USERAGENT ? "userAgent" : name().toLowerCase(Locale.ROOT);
        }
    }

    private static final JsonNames<Outer> OUTER = new JsonNames<>(Outer.values());
    private static final JsonNames<Inner> INNER = new JsonNames<>(Inner.values(), Inner::label);

    private final JsonCursor json = new JsonCursor();

    /** A reader that has read nothing. */
    public UmamiReader() {}

    /** Reads a body. @see BeaconReader#read */
    public Body read(byte[] bytes, int length, boolean trusted) {
        return Body.read(json, bytes, length, () -> one(trusted));
    }

    private Draft one(boolean trusted) throws MalformedJson {
        Draft draft = new Draft();
        draft.beacon.trusted(trusted);
        if (!json.at('{')) {
            json.skip();
            draft.refuse(FieldError.malformed("not an object"));
            return draft;
        }
        String type = null;
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Outer name = json.name(OUTER);
            if (name == Outer.TYPE) {
                type = cut(draft, "type", Texts.MAX_NAME);
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
            if (name == null) {
                json.skip();
            } else if (name.ordinal() >= Inner.TIMESTAMP.ordinal() && !draft.beacon.trusted()) {
                Values.withheld(json, draft, name.label());
            } else {
                member(draft, name);
            }
        }
    }

    private void member(Draft draft, Inner name) throws MalformedJson {
        if (name == Inner.WEBSITE || name == Inner.URL || name == Inner.ID) {
            draft.once(name, name.label());
        }
        switch (name) {
            case WEBSITE -> Texts.site(draft, "website", Values.text(json, draft, "website"));
            case HOSTNAME -> draft.beacon.hostname(Texts.host(draft, "hostname", text(draft, "hostname")));
            case URL -> draft.beacon.url(url(draft, Values.text(json, draft, "url")));
            case REFERRER -> draft.beacon.referrer(Texts.referrer(draft, "referrer", text(draft, "referrer")));
            case TITLE -> draft.beacon.title(cut(draft, "title", Texts.MAX_TITLE));
            case LANGUAGE -> draft.beacon.language(cut(draft, "language", Texts.MAX_LANGUAGE));
            case SCREEN -> Texts.screen(draft, "screen", text(draft, "screen"));
            case NAME -> draft.beacon.name(cut(draft, "name", Texts.MAX_NAME));
            case DATA -> data(draft);
            case ID -> draft.beacon.visitorId(visitor(draft, text(draft, "id")));
            case TIMESTAMP -> {
                draft.time = 1000 * Values.integer(json, draft, "timestamp", 1, Limits.MAX_TIME / 1000);
                draft.timeField = "timestamp";
            }
            case IP -> draft.beacon.address(Texts.address(draft, "ip", text(draft, "ip")));
            case USERAGENT -> draft.beacon.userAgent(cut(draft, "userAgent", Texts.MAX_AGENT));
        }
    }

    /** As Umami, which reads it against the page's host: nothing is the first page. */
    private static String url(Draft draft, String text) {
        return Texts.url(draft, "url", text != null && PlainText.isBlank(text) ? "/" : text);
    }

    private String text(Draft draft, String field) throws MalformedJson {
        return Values.decoration(json, draft, field);
    }

    private String cut(Draft draft, String field, int max) throws MalformedJson {
        return Texts.cut(draft, field, text(draft, field), max);
    }

    private static String visitor(Draft draft, String id) {
        return id == null || PlainText.isBlank(id) ? null : Texts.token(draft, "id", id, Texts.MAX_CLIENT_ID);
    }

    /** Properties; {@code revenue} and {@code currency} among them are the event's revenue, too. */
    private void data(Draft draft) throws MalformedJson {
        draft.beacon.props(Extras.props(json, draft, "data"));
        String amount = draft.beacon.props().get("revenue");
        if (amount != null && draft.beacon.props().containsKey("currency")) {
            draft.beacon.revenue(MoneyReader.read(amount, draft.beacon.props().get("currency")));
            if (draft.beacon.revenue() == null) {
                draft.clean("revenue", Cleaned.Reason.UNREADABLE);
            }
        }
    }

    private static void finish(Draft draft, String type) {
        if (draft.site == null) {
            draft.refuse(FieldError.missing("website", "required"));
        }
        if ("event".equals(type)) {
            draft.beacon.type(draft.beacon.name() == null ? Beacon.Type.PAGEVIEW : Beacon.Type.EVENT);
        } else if ("identify".equals(type) || "performance".equals(type)) {
            draft.beacon.type(Beacon.Type.HEARTBEAT);
        } else {
            draft.refuse(FieldError.invalid("type", "must be event, identify or performance"));
        }
        if (draft.beacon.type() == Beacon.Type.PAGEVIEW && draft.beacon.url() == null) {
            draft.refuse(FieldError.missing("url", "required for a page view"));
        }
        Texts.routeByFragment(draft);
        Rules.check(draft);
    }
}
