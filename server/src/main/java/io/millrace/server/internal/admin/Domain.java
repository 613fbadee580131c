package io.millrace.server.internal.admin;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** A site's domain as people type it. */
final class Domain {
    private static final Pattern HOST =
            Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*(:\\d{1,5})?");

    private Domain() {}

    /** The domain as it is stored, without scheme, path and {@code www.}; or null when it is none. */
    static String of(String text) {
        String host = text.strip().replaceFirst("^[a-zA-Z]+://", "").replaceFirst("/.*$", "");
        try {
            host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
        host = host.startsWith("www.") ? host.substring(4) : host;
        return host.length() <= 253 && HOST.matcher(host).matches() ? host : null;
    }
}
