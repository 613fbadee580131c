package io.millrace.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An answer of the dashboard route. Immutable; the carrier adds {@code Content-Length}, {@code Date} and
 * compression, and answers 304 instead to whoever has the {@code ETag} already.
 *
 * @param headers as sent, content type included; no {@code Set-Cookie}
 * @param cookies values of {@code Set-Cookie}, each sent in a header of its own
 * @param gzip the body compressed once and kept with it, or null: too small or not worth it
 */
public record ApiResponse(int status, Map<String, String> headers, List<String> cookies, byte[] body, byte[] gzip) {
    /** An answer that sets no cookie. */
    public ApiResponse(int status, Map<String, String> headers, byte[] body, byte[] gzip) {
        this(status, headers, List.of(), body, gzip);
    }

    /** The same with one more cookie. */
    public ApiResponse withCookie(String cookie) {
        List<String> more = new ArrayList<>(cookies);
        more.add(cookie);
        return new ApiResponse(status, headers, List.copyOf(more), body, gzip);
    }
}
