package io.millrace.wire;

import io.millrace.engine.Beacon;

/** What a beacon must have beyond each field being right by itself. */
final class Rules {
    private Rules() {}

    static void check(Draft draft) {
        if (draft.siteId == 0 && draft.site == null) {
            draft.refuse(FieldError.missing("site_id", "required"));
        }
        if (draft.url != null && !isAbsolute(draft.url) && (draft.pathname == null || draft.hostname == null)) {
            draft.refuse(FieldError.invalid("url", "must be absolute"));
        }
        switch (draft.type) {
            case PAGEVIEW -> page(draft);
            case EVENT -> require(draft, "name", draft.name, "required for an event");
            case ENGAGEMENT -> require(draft, "view", draft.view, "required for engagement");
            default -> {}
        }
    }

    private static void page(Draft draft) {
        if (draft.url != null) {
            return;
        }
        require(draft, "pathname", draft.pathname, "a page view needs a url, or a pathname and a hostname");
        require(draft, "hostname", draft.hostname, "a page view needs a url, or a pathname and a hostname");
    }

    private static void require(Draft draft, String field, String value, String problem) {
        if (value == null || value.isEmpty() && draft.type != Beacon.Type.PAGEVIEW) {
            draft.refuse(FieldError.missing(field, problem));
        }
    }

    /** Whether a URL has a scheme and a host. */
    static boolean isAbsolute(String url) {
        int colon = url.indexOf("://");
        return colon > 0 && colon + 3 < url.length() && url.charAt(colon + 3) != '/';
    }
}
