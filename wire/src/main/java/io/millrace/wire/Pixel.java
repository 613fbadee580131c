package io.millrace.wire;

import io.millrace.engine.PlainText;
import java.util.List;
import java.util.Map;

/** Reads the parameters of the no-script pixel: {@code site_id} or {@code site}, {@code u} (URL), {@code r}, {@code t}. */
public final class Pixel {
    private Pixel() {}

    /**
     * Reads a page view.
     *
     * @param params decoded query parameters; of repeated decorations the first counts
     * @param page the URL of the page that shows the image, when {@code u} is absent; or null
     */
    public static Draft read(Map<String, List<String>> params, String page) {
        Draft draft = new Draft();
        once(draft, params, "site_id", "site", "u");
        String siteId = first(params, "site_id");
        if (siteId != null && !PlainText.isBlank(siteId)) {
            Texts.siteId(draft, "site_id", siteId);
        } else {
            Texts.site(draft, "site", first(params, "site"));
        }
        String url = first(params, "u");
        draft.beacon.url(Texts.url(draft, "u", url == null || PlainText.isBlank(url) ? page : url));
        draft.beacon.referrer(Texts.referrer(draft, "r", first(params, "r")));
        draft.beacon.title(Texts.cut(draft, "t", first(params, "t"), Texts.MAX_TITLE));
        if (draft.beacon.url() == null) {
            draft.refuse(FieldError.missing("u", "required, or a Referer header"));
        }
        Texts.routeByFragment(draft);
        Rules.check(draft);
        return draft;
    }

    /** Refuses parameters that identify or place an event and are sent twice. */
    static void once(Draft draft, Map<String, List<String>> params, String... names) {
        for (String name : names) {
            List<String> values = params.get(name);
            if (values != null && values.size() > 1) {
                draft.refuse(FieldError.twice(name));
            }
        }
    }

    static String first(Map<String, List<String>> params, String name) {
        List<String> values = params.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
