package io.millrace.wire;

import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNumbers;
import io.millrace.wire.json.MalformedJson;
import java.util.Locale;

/**
 * Reads values into a draft, with their limits: a wrong value refuses the draft, and the cursor goes on behind it.
 * {@code null} stands for "not sent".
 */
final class Values {
    private static final int MAX_HOST = 253;

    private Values() {}

    /** A name given by the client: 1 to {@code max} characters, none of them a control character. */
    static String token(JsonCursor json, Draft draft, Field field, int max) throws MalformedJson {
        String value = text(json, draft, field);
        if (value == null) {
            return null;
        }
        if (value.isEmpty() || value.codePointCount(0, value.length()) > max) {
            draft.refuse(FieldError.invalid(field.label(), "must have 1 to " + max + " characters"));
        } else if (Text.isDirty(value)) {
            draft.refuse(FieldError.invalid(field.label(), "has control characters"));
        }
        return value;
    }

    /** A text that is refused when it takes more than {@code max} bytes. */
    static String whole(JsonCursor json, Draft draft, Field field, int max) throws MalformedJson {
        String value = text(json, draft, field);
        if (value == null) {
            return null;
        }
        if (!Text.fits(value, max)) {
            draft.refuse(FieldError.invalid(field.label(), "longer than " + max + " bytes"));
            return null;
        }
        return Text.clean(value);
    }

    /** A text that may not be {@code null}, as {@link #whole}. */
    static String required(JsonCursor json, Draft draft, Field field, int max) throws MalformedJson {
        String value = whole(json, draft, field, max);
        if (value == null) {
            draft.refuse(FieldError.invalid(field.label(), "must be a string, not null"));
        }
        return value;
    }

    /** A text that is cut to {@code max} bytes; an empty one counts as not sent. */
    static String cut(JsonCursor json, Draft draft, Field field, int max) throws MalformedJson {
        String value = text(json, draft, field);
        return value == null || value.isEmpty() ? null : cut(value, draft, max);
    }

    static String cut(String value, Draft draft, int max) {
        if (Text.fits(value, max)) {
            return Text.clean(value);
        }
        draft.cuts++;
        return Text.clean(Text.cut(value, max));
    }

    /** An IP address; anything else refuses the draft. */
    static String address(String text, Draft draft) {
        if (text != null && Addresses.parse(text) == null) {
            draft.refuse(FieldError.invalid("ip", "must be an IPv4 or IPv6 address"));
        }
        return text;
    }

    static String host(JsonCursor json, Draft draft, Field field) throws MalformedJson {
        String value = text(json, draft, field);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!Text.fits(value, MAX_HOST) || Text.isDirty(value) || value.indexOf(' ') >= 0 || value.indexOf('/') >= 0) {
            draft.refuse(FieldError.invalid(field.label(), "must be a host name of at most " + MAX_HOST + " bytes"));
        }
        return value.toLowerCase(Locale.ROOT);
    }

    /** A whole number from {@code min} to {@code max}; 0 when it is not sent. */
    static long integer(JsonCursor json, Draft draft, Field field, long min, long max) throws MalformedJson {
        if (json.nothing()) {
            return 0;
        }
        return inRange(whole(json), draft, field, min, max);
    }

    private static long whole(JsonCursor json) throws MalformedJson {
        if (json.atNumber()) {
            return json.integer();
        }
        json.skip();
        return JsonCursor.NOT_WHOLE;
    }

    /** A whole number from 1, or the same in a string. */
    static int siteId(JsonCursor json, Draft draft) throws MalformedJson {
        long value;
        if (json.at('"')) {
            Long sent = JsonNumbers.toLong(json.string());
            value = sent == null ? JsonCursor.NOT_WHOLE : sent;
        } else {
            value = whole(json);
        }
        return (int) inRange(value, draft, Field.SITE_ID, 1, Integer.MAX_VALUE);
    }

    private static long inRange(long value, Draft draft, Field field, long min, long max) {
        if (value < min || value > max) {
            draft.refuse(FieldError.invalid(field.label(), "must be an integer from " + min + " to " + max));
            return 0;
        }
        return value;
    }

    /** A string, or null for {@code null} and for anything that is not a string. */
    static String text(JsonCursor json, Draft draft, Field field) throws MalformedJson {
        if (json.at('"')) {
            return json.string();
        }
        if (!json.nothing()) {
            json.skip();
            draft.refuse(FieldError.invalid(field.label(), "must be a string"));
        }
        return null;
    }
}
