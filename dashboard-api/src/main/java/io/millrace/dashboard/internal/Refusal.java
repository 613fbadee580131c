package io.millrace.dashboard.internal;

/** A request is answered with an error. It has no stack trace: it is an answer, not a fault. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;
    private final String field;
    private final int retryAfter;

    private Refusal(int status, String code, String message, String field, int retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    Refusal(int status, String code, String message) {
        this(status, code, message, null, 0);
    }

    static Refusal badRequest(String code, String message, String field) {
        return new Refusal(400, code, message, field, 0);
    }

    /** A query parameter is wrong. */
    static Refusal parameter(String name, String why) {
        return badRequest("invalid_parameter", name + ": " + why, name);
    }

    /** A field of the body is wrong. */
    static Refusal field(String name, String why) {
        return badRequest("invalid_field", name + ": " + why, name);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "unauthorized", "a key or a session is needed");
    }

    static Refusal forbidden() {
        return new Refusal(403, "forbidden", "not allowed with these credentials");
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "not_found", "no such " + what);
    }

    static Refusal conflict(String message, String field) {
        return new Refusal(409, "conflict", message, field, 0);
    }

    static Refusal tooMany(int retryAfter) {
        return new Refusal(429, "limited", "too many requests", null, retryAfter);
    }

    static Refusal busy() {
        return new Refusal(503, "busy", "too many queries are waiting", null, 1);
    }

    int status() {
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
