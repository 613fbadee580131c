package io.millrace.http.internal.message;

import io.millrace.wire.FieldError;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonError;
import io.millrace.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The answers of the collect routes, and errors in their one shape. */
public final class Answers {
    /** Lets a script of any page read an answer, and the headers that say how a beacon went. */
    static final String[] CORS = {
        "access-control-allow-origin", "*",
        "access-control-expose-headers",
                "Retry-After, X-Millrace-Ack, X-Millrace-Filtered, X-Millrace-Cleaned, X-Plausible-Dropped"
    };

    public static final Response COMMITTED = collect(202, "x-millrace-ack", "committed");
    public static final Response ACCEPTED = collect(202, "x-millrace-ack", "accepted");
    public static final Response UNCONFIRMED =
            retry(503, 1, "unconfirmed", "not settled in time; it may still be stored: send it again as a repeat");
    public static final FieldError UNSTORABLE_CONTENT =
            new FieldError("unstorable", "refused for its content; never retry", null);
    public static final FieldError TOO_OLD_TIME =
            FieldError.invalid("time", "of a day whose rows were pruned, so it may be a repeat; never retry");
    public static final Response TOO_OLD = collectError(400, TOO_OLD_TIME);
    public static final Response UNSTORABLE = collectError(422, UNSTORABLE_CONTENT);

    private static final Response PREFLIGHT =
            collect(204, "access-control-allow-methods", "GET, POST, OPTIONS", "access-control-max-age", "86400");
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, Content-Encoding, Idempotency-Key, X-Umami-Cache";
    private static final int LONGEST_WAIT = 5;
    private static final List<Response> NOT_ADMITTED = IntStream.rangeClosed(1, LONGEST_WAIT)
            .mapToObj(s -> retry(503, s, "not_admitted", "no room now; nothing was stored"))
            .toList();

    private Answers() {}

    /** 503 with a {@code Retry-After} that differs, so that clients do not come back all at once. */
    public static Response notAdmitted() {
        return NOT_ADMITTED.get(ThreadLocalRandom.current().nextInt(LONGEST_WAIT));
    }

    /**
     * The answer to a preflight: every header that the browser asks for may be sent, because other scripts of the page
     * add theirs (tracing), and what they say is not looked at.
     *
     * @param asked what the browser asks for, or null
     */
    public static Response preflight(String asked) {
        return PREFLIGHT.with(
                "access-control-allow-headers", asked == null || asked.isBlank() ? ALLOWED_HEADERS : asked);
    }

    public static Response limited(long waitMillis) {
        return retry(429, Math.max(1, (waitMillis + 999) / 1000), "rate_limited", "too many requests");
    }

    private static Response retry(int status, long seconds, String code, String message) {
        return json(status, JsonError.of(code, message, null), "retry-after", Long.toString(seconds));
    }

    /** An answer of the collect routes without a body. */
    public static Response collect(int status, String... headers) {
        return Response.of(status, concat(CORS, headers));
    }

    /** A JSON answer of the collect routes. */
    public static Response json(int status, JsonObject body, String... headers) {
        String[] all = concat(concat(CORS, new String[] {"content-type", "application/json"}), headers);
        return Response.of(status, Json.write(body), all);
    }

    public static Response collectError(int status, FieldError error) {
        return json(status, JsonError.of(error.code(), error.message(), error.field()));
    }

    /** The status that belongs to what is wrong with a body or a member. */
    public static int status(FieldError error) {
        return switch (error.code()) {
            case FieldError.TOO_LARGE -> 413;
            case "unknown_site" -> 404;
            default -> 400;
        };
    }

    /** An error of any other route. */
    public static Response error(int status, String code, String message, String... headers) {
        String[] all = concat(new String[] {"content-type", "application/json"}, headers);
        return Response.of(status, Json.write(JsonError.of(code, message, null)), all);
    }

    private static String[] concat(String[] a, String[] b) {
        String[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
