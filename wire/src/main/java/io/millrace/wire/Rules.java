package io.millrace.wire;

/** What a beacon must have beyond each field being right by itself. */
final class Rules {
    private Rules() {}

    static void check(Draft draft) {
        if (draft.siteId == 0 && draft.site == null) {
            draft.refuse(FieldError.missing("site_id", "required"));
        }
        switch (draft.beacon.type()) {
            case PAGEVIEW -> {
                if (draft.beacon.url() == null) {
                    require(draft, "pathname", draft.beacon.pathname(), "a page view needs a url or a pathname");
                }
            }
            case EVENT -> require(draft, "name", draft.beacon.name(), "required for an event");
            case ENGAGEMENT -> require(draft, "view", draft.beacon.view(), "required for engagement");
            default -> {}
        }
    }

    private static void require(Draft draft, String field, String value, String problem) {
        if (value == null) {
            draft.refuse(FieldError.missing(field, problem));
        }
    }
}
