package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.PlainText;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.MalformedJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
        REVENUE,
        H,
        HASHMODE,
        I,
        INTERACTIVE;

        private static final JsonNames<Name> ALL = new JsonNames<>(
                values(), n -> n == HASHMODE ? "hashMode" : n.name().toLowerCase(Locale.ROOT));
    }

    private final JsonCursor json = new JsonCursor();
    private boolean hash;

    /** A reader that has read nothing. */
    public PlausibleReader() {}

    /** Reads a body. @see BeaconReader#read */
    public Body read(byte[] bytes, int length) {
        try {
            json.open(bytes, length, Limits.MAX_DEPTH);
            if (!json.at('{')) {
                return Body.refused(FieldError.malformed("not an object"));
            }
            Draft draft = new Draft();
            draft.beacon.type(null);
            hash = false;
            for (boolean more = json.enter('}'); more; more = json.next('}')) {
                member(draft, json.name(Name.ALL));
            }
            json.end();
            if (hash) {
                Texts.routeByFragment(draft);
            }
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
        if (name.compareTo(Name.DOMAIN) <= 0) {
            draft.once(name, name.name().toLowerCase(Locale.ROOT));
        }
        switch (name) {
            case N, NAME -> type(draft);
            case U, URL -> draft.beacon.url(Texts.url(draft, "url", Values.text(json, draft, "url")));
            case D, DOMAIN -> draft.site = Values.text(json, draft, "domain");
            case R, REFERRER -> draft.beacon.referrer(Texts.referrer(draft, "referrer", text(draft, "referrer")));
            case P, PROPS, M, META -> draft.beacon.props(Extras.props(json, draft, "props"));
            case $, REVENUE -> draft.beacon.revenue(Extras.revenue(json, draft, "revenue"));
            case H, HASHMODE -> hash = isTrue(Values.scalar(json, draft, "hash"));
            case I, INTERACTIVE -> interactive(draft, Values.scalar(json, draft, "interactive"));
        }
    }

    private void type(Draft draft) throws MalformedJson {
        String name = text(draft, "name");
        if (name == null || PlainText.isBlank(name)) {
            return;
        }
        draft.beacon.type(
                switch (PlainText.strip(name)) {
                    case "pageview" -> Beacon.Type.PAGEVIEW;
                    case "engagement" -> Beacon.Type.HEARTBEAT;
                    default -> Beacon.Type.EVENT;
                });
        draft.beacon.name(
                draft.beacon.type() == Beacon.Type.EVENT ? Texts.cut(draft, "name", name, Texts.MAX_NAME) : null);
    }

    private String text(Draft draft, String field) throws MalformedJson {
        return Values.decoration(json, draft, field);
    }

    /** That an event leaves its visit a bounce is not kept; whoever sends it is told. */
    private static void interactive(Draft draft, String text) {
        if (text != null && !isTrue(text)) {
            draft.clean("interactive", Cleaned.Reason.UNREADABLE);
        }
    }

    private static boolean isTrue(String text) {
        return text != null && !text.equals("0") && !text.equals("false");
    }

    /** Those that a list names; a comma too many names none. */
    private static List<String> domains(String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(",", 11))
                        .filter(d -> !PlainText.isBlank(d))
                        .toList();
    }

    /** A draft for each domain; without one, for that of the page. */
    private static Body sites(Draft draft) {
        if (draft.beacon.type() == null) {
            draft.beacon.type(Beacon.Type.PAGEVIEW);
            draft.refuse(FieldError.missing("name", "required"));
        }
        if (draft.beacon.url() == null) {
            draft.refuse(FieldError.missing("url", "required"));
        }
        List<String> named = domains(draft.site);
        List<String> domains =
                named.isEmpty() ? domains(draft.beacon.url() == null ? null : Urls.host(draft.beacon.url())) : named;
        draft.site = null;
        List<Draft> members = new ArrayList<>();
        for (String domain : domains) {
            Draft copy = domains.size() == 1 ? draft : draft.copy();
            Texts.site(copy, "domain", domain);
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
