package io.millrace.wire.json;

/** The one shape in which errors are answered: {@code {"error":{"code":...,"message":...,"field":...}}}. */
public final class JsonError {
    private JsonError() {}

    /**
     * An error as an object that may get more members.
     *
     * @param code for programs
     * @param message for people
     * @param field what is wrong, or null: left out
     */
    public static JsonObject of(String code, String message, String field) {
        JsonObject error = JsonObject.of("code", code).with("message", message);
        return JsonObject.of("error", field == null ? error : error.with("field", field));
    }
}
