package io.millrace.http.internal.message;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Locale;

/** Why requests are refused without being answered by what they ask for: most of them by their heads alone. */
public final class HeadCheck {
    /** Header lines of a request, and trailer lines. */
    public static final int MAX_HEADERS = 100;

    /** Why a request is refused and its connection closed. */
    public record Problem(int status, String code, String message) {}

    /** It is no request by the grammar of HTTP. */
    public static final Problem MALFORMED = new Problem(400, "bad_request", "not a valid HTTP request");

    public static final Problem LONG_LINE = new Problem(414, "too_long", "request line too long");
    public static final Problem LONG_HEADERS = new Problem(431, "too_long", "headers too long or too many");
    /** There is no room for it now. */
    public static final Problem FULL = new Problem(503, "not_admitted", "too many requests on their way");

    public static final Problem TOO_SLOW = new Problem(408, "timeout", "the request took too long");

    /** What should have answered it did not. */
    public static final Problem FAILED = new Problem(500, "internal", "the server failed");

    public static final Problem VERSION = new Problem(505, "bad_version", "only HTTP/1.0 and HTTP/1.1");
    private static final Problem HOST = new Problem(400, "bad_host", "exactly one valid Host is needed");
    public static final Problem BAD_TARGET = new Problem(400, "bad_target", "the request target is not valid");
    private static final Problem EXPECT = new Problem(417, "bad_expectation", "only 100-continue");

    private HeadCheck() {}

    /**
     * What is wrong with a head of sound grammar, or null.
     *
     * @param old whether it is HTTP/1.0
     */
    public static Problem of(HttpHeaders headers, boolean old) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 && !(old && hosts.isEmpty()) || !hosts.isEmpty() && !isHost(hosts.get(0))) {
            return HOST;
        }
        String expected = headers.get(HttpHeaderNames.EXPECT);
        return expected == null || expected.equalsIgnoreCase("100-continue") ? null : EXPECT;
    }

    private static boolean isHost(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '/' || c == '@' || c == ',' || c == '\\' || c == '?' || c == '#') {
                return false;
            }
        }
        return true;
    }

    /**
     * Path and query of a target; null when it is not valid. An absolute one has to name the same host as the header: of two
     * servers, each could believe another.
     *
     * @param headers sound ones
     */
    public static String target(String uri, HttpHeaders headers) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                return null;
            }
        }
        if (uri.startsWith("/") || uri.equals("*")) {
            return uri;
        }
        String lower = uri.substring(0, Math.min(8, uri.length())).toLowerCase(Locale.ROOT);
        int from = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (from < 0) {
            return null;
        }
        int end = from;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        String host = headers.get(HttpHeaderNames.HOST);
        if (end == from || host != null && !uri.substring(from, end).equalsIgnoreCase(host)) {
            return null;
        }
        String rest = uri.substring(end);
        return rest.startsWith("/") ? rest : '/' + rest;
    }

    /** The path of a target, decoded; null when an escape is wrong. */
    public static String path(String target) {
        if (target.indexOf('%') < 0) {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }
        try {
            return new QueryStringDecoder(target).path();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
