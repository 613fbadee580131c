package io.millrace.dashboard.internal.request;

/** A request is answered with an error. It has no stack trace: it is an answer, not a fault. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;
    private final String field;
    private final int retryAfter;

    private ApiException(int status, String code, String message, String field, int retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    public ApiException(int status, String code, String message) {
        this(status, code, message, null, 0);
    }

    static ApiException badRequest(String code, String message, String field) {
        return new ApiException(400, code, message, field, 0);
    }

    /** A query parameter is wrong. */
    public static ApiException parameter(String name, String why) {
        return badRequest("invalid_parameter", name + ": " + why, name);
    }

    /** A field of the body is wrong. */
    public static ApiException field(String name, String why) {
        return badRequest("invalid_field", name + ": " + why, name);
    }

    /**
     * The same, as a model says it.
     *
     * @param fieldAndWhy the field, a colon, a blank, and why
     */
    public static ApiException fault(String fieldAndWhy) {
        return badRequest("invalid_field", fieldAndWhy, blamed(fieldAndWhy));
    }

    /** What a model says is that something else is there already. */
    public static ApiException conflict(String fieldAndWhy) {
        return conflict(fieldAndWhy, blamed(fieldAndWhy));
    }

    private static String blamed(String fieldAndWhy) {
        return fieldAndWhy.substring(0, fieldAndWhy.indexOf(": "));
    }

    public static ApiException unauthorized() {
        return new ApiException(401, "unauthorized", "a key or a session is needed");
    }

    public static ApiException forbidden() {
        return new ApiException(403, "forbidden", "not allowed with these credentials");
    }

    public static ApiException notFound(String what) {
        return new ApiException(404, "not_found", "no such " + what);
    }

    public static ApiException conflict(String message, String field) {
        return new ApiException(409, "conflict", message, field, 0);
    }

    public static ApiException tooMany(int retryAfter) {
        return new ApiException(429, "limited", "too many requests", null, retryAfter);
    }

    public static ApiException busy() {
        return new ApiException(503, "busy", "too many queries are waiting", null, 1);
    }

    public static ApiException stalled() {
        return new ApiException(503, "busy", "the database does not answer now; try again", null, 1);
    }

    /** What a question needs is still being prepared. */
    static ApiException notReady(String message) {
        return new ApiException(503, "not_ready", message, null, 30);
    }

    public int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** The parameter or field that is wrong, or null. */
    String field() {
        return field;
    }

    /** Seconds, or 0: not said. */
    int retryAfter() {
        return retryAfter;
    }
}
