package io.millrace.wire;

/**
 * Why something that a client sent is refused. Immutable.
 *
 * @param code for programs: {@code malformed_json}, {@code invalid_field}, {@code missing_field}, {@code too_large}, ...
 * @param message for people; begins with the field's name when there is one; never repeats what the client sent
 * @param field the field's name, or null when the body as a whole is refused
 */
public record FieldError(String code, String message, String field) {

    /** Not JSON, or not the JSON that is expected. */
    public static final String MALFORMED = "malformed_json";

    /** A field with a value it cannot have. */
    public static final String INVALID = "invalid_field";

    /** A required field that was not sent. */
    public static final String MISSING = "missing_field";

    /** More than is taken at once. */
    public static final String TOO_LARGE = "too_large";

    /** No such site. */
    public static final String UNKNOWN_SITE = "unknown_site";

    /** The body cannot be read. */
    public static FieldError malformed(String message) {
        return new FieldError(MALFORMED, message, null);
    }

    /** A field is wrong; {@code problem} says how. */
    public static FieldError invalid(String field, String problem) {
        return new FieldError(INVALID, field + ": " + problem, field);
    }

    /** A field was sent more than once. */
    public static FieldError twice(String field) {
        return invalid(field, "sent twice");
    }

    /** A field is missing; {@code problem} says when it is required. */
    public static FieldError missing(String field, String problem) {
        return new FieldError(MISSING, field + ": " + problem, field);
    }

    /** The site is not known. */
    public static FieldError unknownSite() {
        return new FieldError(UNKNOWN_SITE, "unknown site", null);
    }
}
