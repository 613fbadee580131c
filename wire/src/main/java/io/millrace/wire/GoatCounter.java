package io.millrace.wire;

import io.millrace.engine.Beacon;
import io.millrace.engine.Beacon.Sender;
import io.millrace.engine.PlainText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the parameters of GoatCounter's {@code /count}: {@code p} path or event name, {@code e} whether it is an event,
 * {@code t} title, {@code r} referrer, {@code q} the page's query, {@code s} screen, {@code b} signs of a program.
 */
public final class GoatCounter {
    private static final Pattern LEADING_SLASHES = Pattern.compile("^\\s*/+");

    private GoatCounter() {}

    /**
     * Reads a page view or event.
     *
     * @param params decoded query parameters; of repeated decorations the first counts
     * @param siteId the site it is of, or 0: then the parameters name it
     * @param host the site's host, which GoatCounter's paths leave out; or null
     */
    public static Draft read(Map<String, List<String>> params, int siteId, String host) {
        Draft draft = new Draft();
        Pixel.once(draft, params, "site", "p");
        if (siteId != 0) {
            draft.siteId = siteId;
        } else {
            Texts.site(draft, "site", Pixel.first(params, "site"));
        }
        draft.beacon.hostname(host == null ? draft.site : host);
        draft.beacon.title(Texts.cut(draft, "t", Pixel.first(params, "t"), Texts.MAX_TITLE));
        draft.beacon.referrer(Texts.referrer(draft, "r", Pixel.first(params, "r")));
        Texts.screen(draft, "s", Pixel.first(params, "s"));
        draft.beacon.sender(isBot(Pixel.first(params, "b")) ? Sender.PROGRAM : null);
        String path = Pixel.first(params, "p");
        path = path == null ? "" : PlainText.strip(path);
        if (path.isEmpty()) {
            draft.refuse(FieldError.missing("p", "required"));
        } else if ("true".equals(Pixel.first(params, "e")) || "1".equals(Pixel.first(params, "e"))) {
            draft.beacon.type(Beacon.Type.EVENT);
            draft.beacon.name(
                    Texts.cut(draft, "p", LEADING_SLASHES.matcher(path).replaceFirst(""), Texts.MAX_NAME));
        } else {
            page(draft, path, Pixel.first(params, "q"));
        }
        Rules.check(draft);
        return draft;
    }

    /** Whether the tracker has found signs of a program; they are numbers from 1. */
    private static boolean isBot(String signs) {
        return signs != null && signs.matches("0*[1-9][0-9]{0,9}");
    }

    private static void page(Draft draft, String path, String query) {
        draft.beacon.pathname(Texts.path(draft, "p", path));
        if (query != null && !query.isEmpty() && draft.beacon.hostname() != null) {
            String url = "https://" + draft.beacon.hostname() + '/' + (query.startsWith("?") ? query : '?' + query);
            draft.beacon.url(Texts.url(draft, "q", url));
        }
    }
}
