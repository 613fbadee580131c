package io.millrace.wire;

import io.millrace.engine.HostNames;
import io.millrace.engine.UrlText;

/** What can be told of a URL, or path, as it was sent. Pure functions. */
final class Urls {
    private Urls() {}

    /** Whether a URL leads to a host that is one, or to a file, or is a path; {@code about:blank} is none of them. */
    static boolean isReadable(String url) {
        int from = authority(url);
        return from < 0 ? scheme(url) < 0 : isHostOrFile(url, from);
    }

    /** Whether a URL says its host as none can be read; a path says none. */
    static boolean lacksReadableHost(String url) {
        int from = authority(url);
        return from >= 0 && !isHostOrFile(url, from);
    }

    private static boolean isHostOrFile(String url, int from) {
        boolean file = from < url.length() && url.regionMatches(true, 0, "file:", 0, 5);
        return file || host(url, from) != null;
    }

    /** The host that a URL says, or null: it says none, or none that can be read. */
    static String host(String url) {
        int from = authority(url);
        return from < 0 ? null : host(url, from);
    }

    private static String host(String url, int from) {
        return HostNames.of(url.substring(from, UrlText.first(url, "/?#", from)));
    }

    /** Whether a URL says its host, or, as {@code file:///...}, that it has none. */
    static boolean isAbsolute(String url) {
        int from = authority(url);
        return from >= 0 && from < url.length();
    }

    /** What stands between the host, if there is one, and the query or fragment. */
    static String path(String url) {
        int from = isAbsolute(url) ? UrlText.first(url, "/?#", authority(url)) : 0;
        return url.substring(from, UrlText.first(url, "?#", from));
    }

    /** Where the host begins, or is missing, behind a scheme and {@code ://}; -1: there is nothing of them. */
    private static int authority(String url) {
        int colon = scheme(url);
        return colon > 0 && url.startsWith("://", colon) ? colon + 3 : -1;
    }

    /** Where the scheme's colon is, or -1: there is none. */
    private static int scheme(String url) {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.')) {
                return -1;
            }
        }
        return -1;
    }
}
