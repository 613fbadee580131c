package io.millrace.wire;

import io.millrace.wire.json.JsonNumbers;
import java.util.Locale;

/** Puts values that arrive as texts into a draft, with the limits that they have in JSON. */
final class Texts {
    private static final int MAX_HOST = 253;

    private Texts() {}

    /** A text that is refused when it takes more than {@code max} bytes. */
    static String whole(Draft draft, String field, String value, int max) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!Text.fits(value, max)) {
            draft.refuse(FieldError.invalid(field, "longer than " + max + " bytes"));
            return null;
        }
        return Text.clean(value);
    }

    /** A text that is cut to {@code max} bytes; an empty one counts as not sent. */
    static String cut(Draft draft, String value, int max) {
        return value == null || value.isEmpty() ? null : Values.cut(value, draft, max);
    }

    /** A site by its number as text, else by its domain. */
    static void site(Draft draft, String number, String domain) {
        if (number != null) {
            Long id = JsonNumbers.toLong(number);
            if (id == null || id < 1 || id > Integer.MAX_VALUE) {
                draft.refuse(FieldError.invalid("site_id", "must be an integer from 1 to " + Integer.MAX_VALUE));
            } else {
                draft.siteId = id.intValue();
            }
        } else if (domain != null && !domain.isEmpty()) {
            host(draft, "site", domain);
        }
    }

    /** An identifier of 1 to {@code max} characters without control characters. */
    static String token(Draft draft, String field, String value, int max) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.codePointCount(0, value.length()) > max || Text.isDirty(value)) {
            draft.refuse(FieldError.invalid(field, "must have 1 to " + max + " plain characters"));
        }
        return value;
    }

    /** Width and height in pixels with something between them; what is not that counts as not sent. */
    static void screen(Draft draft, String value, char between) {
        String[] parts = value == null ? new String[0] : value.split(java.util.regex.Pattern.quote(between + ""), 4);
        Long width = parts.length < 2 ? null : JsonNumbers.toLong(parts[0]);
        Long height = parts.length < 2 ? null : JsonNumbers.toLong(parts[1]);
        if (width != null && height != null && width >= 0 && height >= 0 && width <= 100_000 && height <= 100_000) {
            draft.screenWidth = width.intValue();
            draft.screenHeight = height.intValue();
        }
    }

    private static void host(Draft draft, String field, String domain) {
        if (!Text.fits(domain, MAX_HOST) || Text.isDirty(domain)) {
            draft.refuse(FieldError.invalid(field, "must be a host name of at most " + MAX_HOST + " bytes"));
        } else {
            draft.site = domain.toLowerCase(Locale.ROOT);
        }
    }
}
