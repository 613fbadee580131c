package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what Plausible's tracker posts to {@code /api/event}, in its short and long names. A domain list makes one
 * member for each. Its engagement names no page view, so it counts as "still here". Not thread-safe.
 */
public final class PlausibleReader {

    private enum Name {
        N,
        NAME,
        U,
        URL,
        D,
        DOMAIN,
        R,
        REFERRER,
        P,
        PROPS,
        M,
        META,
        $,
        REVENUE;

        private static final JsonNames<Name> ALL =
                new JsonNames<>(values(), n -> n.name().toLowerCase(java.util.Locale.ROOT));
    }

    private final JsonCursor json = new JsonCursor();

    /** A reader that has read nothing. */
    public PlausibleReader() {}

    /** Reads a body. @see BeaconReader#read */
    public Body read(byte[] bytes, int length) {
        try {
            json.open(bytes, length, BeaconReader.MAX_DEPTH);
            if (!json.at('{')) {
                return Body.refused(FieldError.malformed("not an object"));
            }
            Draft draft = new Draft();
            draft.type = null;
            for (boolean more = json.enter('}'); more; more = json.next('}')) {
                member(draft, json.name(Name.ALL));
            }
            json.end();
            return sites(draft);
        } catch (MalformedJson e) {
            return Body.refused(FieldError.malformed(e.getMessage()));
        }
    }

    private void member(Draft draft, Name name) throws MalformedJson {
        if (name == null) {
            json.skip();
            return;
        }
        switch (name) {
            case N, NAME -> type(draft);
            case U, URL -> draft.url = Texts.whole(draft, "url", text(), BeaconReader.MAX_URL);
            case D, DOMAIN -> draft.site = text();
            case R, REFERRER -> draft.referrer = Texts.cut(draft, text(), 2048);
            case P, PROPS, M, META -> draft.props = Extras.flat(json, draft);
            case $, REVENUE -> draft.revenue = Extras.revenue(json, new Draft());
        }
    }

    private void type(Draft draft) throws MalformedJson {
        String name = text();
        if (name == null || name.isEmpty()) {
            return;
        }
        draft.type = switch (name) {
            case "pageview" -> Beacon.Type.PAGEVIEW;
            case "engagement" -> Beacon.Type.HEARTBEAT;
            default -> Beacon.Type.EVENT;
        };
        draft.name = draft.type == Beacon.Type.EVENT ? Texts.whole(draft, "name", name, 120) : null;
    }

    private String text() throws MalformedJson {
        if (json.at('"')) {
            return json.string();
        }
        json.skip();
        return null;
    }

    private static Body sites(Draft draft) {
        if (draft.type == null) {
            draft.type = Beacon.Type.PAGEVIEW;
            draft.refuse(FieldError.missing("name", "required"));
        }
        if (draft.url == null) {
            draft.refuse(FieldError.missing("url", "required"));
        }
        String[] domains = draft.site == null ? new String[0] : draft.site.split(",", 11);
        draft.site = null;
        List<Draft> members = new ArrayList<>();
        for (String domain : domains) {
            Draft copy = domains.length == 1 ? draft : draft.copy();
            Texts.site(copy, null, domain.strip());
            members.add(copy);
        }
        if (members.isEmpty()) {
            members.add(draft);
            draft.refuse(FieldError.missing("domain", "required"));
        }
        members.forEach(Rules::check);
        return new Body(members.size() > 1, members, null);
    }
}
