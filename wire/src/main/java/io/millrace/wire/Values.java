package io.millrace.wire;

import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.MalformedJson;
import java.math.RoundingMode;

/** Reads JSON values for a draft; the cursor goes on behind each. {@code null} stands for "not sent". */
final class Values {
    private Values() {}

    /** A text, or a number as text; anything else is left out, and the draft says so. */
    static String decoration(JsonCursor json, Draft draft, String field) throws MalformedJson {
        boolean truth = !json.at('"') && !json.atNumber() && !json.at('{') && !json.at('[');
        String text = scalar(json, draft, field);
        if (truth && text != null) {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
            return null;
        }
        return text;
    }

    /** The same, or a truth value as text. */
    static String scalar(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (json.at('"')) {
            return json.string();
        }
        if (json.atNumber()) {
            return json.number();
        }
        if (json.at('{') || json.at('[')) {
            json.skip();
            draft.clean(field, Cleaned.Reason.UNREADABLE);
            return null;
        }
        byte first = json.literal();
        return first == 'n' ? null : first == 't' ? "true" : "false";
    }

    /** A text, or null for {@code null}; anything else refuses the draft. */
    static String text(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (json.at('"')) {
            return json.string();
        }
        if (!json.nothing()) {
            json.skip();
            draft.refuse(FieldError.invalid(field, "must be a string"));
        }
        return null;
    }

    /** Milliseconds up to {@code max}, rounded, or the draft is refused; 0 when they are not sent. */
    static long millis(JsonCursor json, Draft draft, String field, long max) throws MalformedJson {
        return json.nothing() ? 0 : within(draft, field, whole(json, RoundingMode.HALF_UP), 0, max);
    }

    /** A whole number from {@code min} to {@code max}, or the draft is refused; 0 when it is not sent. */
    static long integer(JsonCursor json, Draft draft, String field, long min, long max) throws MalformedJson {
        return json.nothing() ? 0 : within(draft, field, whole(json, RoundingMode.UNNECESSARY), min, max);
    }

    private static long within(Draft draft, String field, long value, long min, long max) {
        if (value < min || value > max) {
            draft.refuse(FieldError.invalid(field, "must be an integer from " + min + " to " + max));
            return 0;
        }
        return value;
    }

    /** UTC milliseconds, or the draft is refused; 0 when they are not sent. */
    static long time(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (json.nothing()) {
            return 0;
        }
        long value = whole(json, RoundingMode.HALF_UP);
        if (value < Limits.MIN_TIME || value > Limits.MAX_TIME) {
            draft.refuse(FieldError.invalid(field, "must be UTC milliseconds, such as 1763600000000"));
            return 0;
        }
        return value;
    }

    private static long whole(JsonCursor json, RoundingMode rounding) throws MalformedJson {
        if (json.atNumber()) {
            return json.integer(rounding);
        }
        json.skip();
        return JsonCursor.NOT_WHOLE;
    }

    /** A site's number, or the same in a string. */
    static void siteId(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (json.at('"')) {
            Texts.siteId(draft, field, json.string());
        } else if (!json.nothing()) {
            draft.siteId = (int) within(draft, field, whole(json, RoundingMode.UNNECESSARY), 1, Integer.MAX_VALUE);
        }
    }

    /** Leaves out what only a sender with a key may say; the draft says so. */
    static void withheld(JsonCursor json, Draft draft, String field) throws MalformedJson {
        if (!json.nothing()) {
            json.skip();
            draft.clean(field, Cleaned.Reason.NEEDS_KEY);
        }
    }
}
