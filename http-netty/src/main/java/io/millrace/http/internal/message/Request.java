package io.millrace.http.internal.message;

import io.millrace.engine.UrlText;
import io.millrace.engine.spi.AccountStore;
import io.millrace.http.internal.client.Client;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A request whose head has arrived, and later its body. Belongs to its event loop. */
public final class Request {
    private static final byte[] NOTHING = {};

    private static final Pattern TOKEN = Pattern.compile("(/+shared?/+)[^/]+", Pattern.CASE_INSENSITIVE);

    private final String method;
    private final String path;
    private final String target;
    private final HttpHeaders headers;
    private final Client client;
    private byte[] body = NOTHING;
    private int length;
    private Map<String, List<String>> params;
    private Browser browser;
    private AccountStore.Key key;
    private boolean keySought;

    /** @param target path and query as sent; @param path the path, decoded */
    public Request(String method, String target, String path, HttpHeaders headers, Client client) {
        this.method = method;
        this.target = target;
        this.path = path;
        this.headers = headers;
        this.client = client;
    }

    public String method() {
        return method;
    }

    public boolean is(String name) {
        return method.equals(name);
    }

    /** GET, or HEAD, which is answered alike. */
    public boolean reads() {
        return is("GET") || is("HEAD");
    }

    /** The path, decoded. */
    public String path() {
        return path;
    }

    /** The path as sent. */
    public String sentPath() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The path, decoded, as it may be written down: who knows the token of a shared link may see what it
     * shows, so none is written. */
    public String loggedPath() {
        return TOKEN.matcher(path).replaceAll("$1*");
    }

    /** A header's first value, or null. */
    public String header(CharSequence name) {
        return headers.get(name);
    }

    /** What they say of the browser: read once, however many beacons the body has. */
    public Browser browser() {
        browser = browser == null ? Browser.of(headers) : browser;
        return browser;
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** Who sent it. */
    public Client client() {
        return client;
    }

    /** The key that the {@code Authorization} header names, found at the first call, or null. */
    public AccountStore.Key key(Function<String, AccountStore.Key> find) {
        if (!keySought) {
            keySought = true;
            String authorization = header(HttpHeaderNames.AUTHORIZATION);
            key = authorization == null ? null : find.apply(authorization);
        }
        return key;
    }

    public void body(byte[] bytes, int count) {
        body = bytes;
        length = count;
    }

    /** The body from index 0; more bytes may stand behind its {@link #length()}. */
    public byte[] body() {
        return body;
    }

    public int length() {
        return length;
    }

    /** The body alone, for whoever keeps it. */
    public byte[] bodyCopy() {
        return Arrays.copyOf(body, length);
    }

    /** The query as it was sent, without its {@code ?}; empty when there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1, UrlText.first(target, "#", mark));
    }

    /** Query parameters, decoded. @throws IllegalArgumentException when an escape is wrong */
    public Map<String, List<String>> params() {
        if (params == null) {
            params = target.indexOf('?') < 0 ? Map.of() : new QueryStringDecoder(target).parameters();
        }
        return params;
    }

    /** Whether the client takes gzip. */
    public boolean takesGzip() {
        String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
        return accepted != null
                && accepted.contains("gzip")
                && !accepted.contains("gzip;q=0,")
                && !accepted.endsWith("gzip;q=0");
    }

    /** Whether the client has this version already: it is then answered 304. Tags are compared weakly (RFC 9110, 8.8.3.2). */
    public boolean has(String etag) {
        String known = headers.get(HttpHeaderNames.IF_NONE_MATCH);
        return known != null
                && etag != null
                && Arrays.stream(known.split(",")).map(String::trim).anyMatch(t -> t.equals("*") || same(t, etag));
    }

    private static boolean same(String tag, String other) {
        return opaque(tag).equals(opaque(other));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
