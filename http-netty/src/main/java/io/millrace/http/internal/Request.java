package io.millrace.http.internal;

import io.millrace.engine.spi.AccountStore;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A request whose head has arrived, and later its body. Belongs to its event loop. */
final class Request {
    private static final byte[] NOTHING = {};

    private final String method;
    private final String path;
    private final String target;
    private final HttpHeaders headers;
    private final Client client;
    private byte[] body = NOTHING;
    private int length;
    private Map<String, List<String>> params;
    private AccountStore.Key key;
    private boolean keySought;

    /** @param target path and query as sent; @param path the path, decoded */
    Request(String method, String target, String path, HttpHeaders headers, Client client) {
        this.method = method;
        this.target = target;
        this.path = path;
        this.headers = headers;
        this.client = client;
    }

    String method() {
        return method;
    }

    boolean is(String name) {
        return method.equals(name);
    }

    /** GET, or HEAD, which is answered alike. */
    boolean reads() {
        return is("GET") || is("HEAD");
    }

    /** The path, decoded. */
    String path() {
        return path;
    }

    /** A header's first value, or null. */
    String header(CharSequence name) {
        return headers.get(name);
    }

    HttpHeaders headers() {
        return headers;
    }

    /** Who sent it. */
    Client client() {
        return client;
    }

    /** The key that the {@code Authorization} header names, found at the first call, or null. */
    AccountStore.Key key(Function<String, AccountStore.Key> find) {
        if (!keySought) {
            keySought = true;
            String authorization = header(HttpHeaderNames.AUTHORIZATION);
            key = authorization == null ? null : find.apply(authorization);
        }
        return key;
    }

    void body(byte[] bytes, int count) {
        body = bytes;
        length = count;
    }

    /** The body from index 0; more bytes may stand behind its {@link #length()}. */
    byte[] body() {
        return body;
    }

    int length() {
        return length;
    }

    /** The body alone, for whoever keeps it. */
    byte[] bodyCopy() {
        return Arrays.copyOf(body, length);
    }

    /** Query parameters, decoded. @throws IllegalArgumentException when an escape is wrong */
    Map<String, List<String>> params() {
        if (params == null) {
            params = target.indexOf('?') < 0 ? Map.of() : new QueryStringDecoder(target).parameters();
        }
        return params;
    }

    /** Whether the client takes gzip. */
    boolean takesGzip() {
        String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
        return accepted != null
                && accepted.contains("gzip")
                && !accepted.contains("gzip;q=0,")
                && !accepted.endsWith("gzip;q=0");
    }

    /** Whether the client has this version already. */
    boolean has(String etag) {
        String known = headers.get(HttpHeaderNames.IF_NONE_MATCH);
        return known != null && etag != null && (known.equals("*") || known.contains(etag));
    }
}
