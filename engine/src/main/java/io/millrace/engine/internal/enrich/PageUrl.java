package io.millrace.engine.internal.enrich;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A URL as browsers send it, taken apart leniently: what {@link java.net.URI} refuses (spaces, brackets, half an
 * escape) is real traffic.
 *
 * @param host lower case, without port and user; null when the text is only a path
 * @param path begins with {@code /}
 * @param query without the {@code ?}; null when absent
 */
record PageUrl(String host, String path, String query) {

    static PageUrl parse(String url) {
        int scheme = url.indexOf("://");
        int end = cut(url, '#', 0);
        String host = null;
        int pathFrom = 0;
        if (scheme > 0 && scheme < end) {
            int hostEnd = Math.min(Math.min(cut(url, '/', scheme + 3), cut(url, '?', scheme + 3)), end);
            host = hostOf(url.substring(scheme + 3, hostEnd));
            pathFrom = hostEnd;
        }
        int queryAt = Math.min(cut(url, '?', pathFrom), end);
        String path = url.substring(pathFrom, queryAt);
        return new PageUrl(host, normal(path), queryAt < end ? url.substring(queryAt + 1, end) : null);
    }

    private static int cut(String s, char c, int from) {
        int at = s.indexOf(c, from);
        return at < 0 ? s.length() : at;
    }

    /** Host names as they are compared and shown: lower case, no port, no user. */
    static String hostOf(String authority) {
        int at = authority.lastIndexOf('@') + 1;
        int bracket = authority.indexOf(']', at);
        int colon = authority.indexOf(':', Math.max(at, bracket));
        String host = authority.substring(at, colon < 0 ? authority.length() : colon);
        return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
    }

    /** The path alone, {@code /} for empty. A {@code #} stays: a client that routes by it says so in its path. */
    static String normal(String path) {
        int end = cut(path, '?', 0);
        String bare = end == path.length() ? path : path.substring(0, end);
        if (bare.isEmpty()) {
            return "/";
        }
        return bare.charAt(0) == '/' ? bare : "/" + bare;
    }

    static String withoutWww(String host) {
        return host != null && host.startsWith("www.") ? host.substring(4) : host;
    }

    /** The first value of a query parameter, decoded; null when absent or empty. */
    String param(String name) {
        if (query == null) {
            return null;
        }
        for (int at = 0; at < query.length(); ) {
            int end = cut(query, '&', at);
            if (query.startsWith(name, at) && at + name.length() < end && query.charAt(at + name.length()) == '=') {
                String value = decode(query.substring(at + name.length() + 1, end));
                return value.isEmpty() ? null : value;
            }
            at = end + 1;
        }
        return null;
    }

    /** The path with only these query parameters, in the order of the URL. */
    String pathWith(String path, Set<String> keep) {
        if (query == null || keep.isEmpty()) {
            return path;
        }
        StringBuilder kept = new StringBuilder();
        for (String pair : query.split("&")) {
            if (keep.contains(pair.substring(0, cut(pair, '=', 0)))) {
                kept.append(kept.isEmpty() ? '?' : '&').append(pair);
            }
        }
        return path + kept;
    }

    private static String decode(String value) {
        if (value.indexOf('%') < 0 && value.indexOf('+') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException halfAnEscape) {
            return value;
        }
    }
}
