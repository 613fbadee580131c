package io.millrace.perf.net;

import java.net.IDN;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens, and whether it speaks TLS, as an address of the web says it. Immutable.
 *
 * @param secure whether it is HTTPS
 * @param host a name or an IP address, without brackets
 * @param path with query, as written; null: the address has none but the root
 */
public record Endpoint(boolean secure, String host, int port, String path) {
    private static final String SUCH_AS = "must be an address such as http://127.0.0.1:8080, not ";
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

    /** One of this machine, without TLS. */
    public static Endpoint local(int port) {
        return new Endpoint(false, "127.0.0.1", port, null);
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    public static Endpoint of(String url) {
        URI uri = uri(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawAuthority() == null || !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(SUCH_AS + url);
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a server is never told what stands behind '#'");
        }
        boolean secure = scheme.equals("https");
        Matcher authority = AUTHORITY.matcher(ascii(uri.getRawAuthority()));
        if (!authority.matches()) {
            throw new IllegalArgumentException(
                    "must name a host and perhaps a port, and no user: " + uri.getRawAuthority());
        }
        int port = authority.group(2) == null ? (secure ? 443 : 80) : Integer.parseInt(authority.group(2));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("there is no port " + port);
        }
        return new Endpoint(secure, authority.group(1).replaceAll("[\\[\\]]", ""), port, path(uri));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(SUCH_AS + url);
        }
    }

    private static String ascii(String authority) {
        try {
            return authority.startsWith("[") || authority.chars().allMatch(c -> c < 128)
                    ? authority
                    : IDN.toASCII(authority);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a host: " + authority, e);
        }
    }

    private static String path(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String whole = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return whole.equals("/") ? null : whole;
    }

    /** The address that connections are made to; looks the host up. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** As in a {@code Host} header. */
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }

    /** Scheme and {@link #authority}. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority();
    }
}
