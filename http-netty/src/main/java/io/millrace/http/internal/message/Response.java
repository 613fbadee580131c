package io.millrace.http.internal.message;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * An answer, encoded but for what depends on the request and the moment. Immutable; the usual ones are made once.
 *
 * @param status the status code
 * @param head status line and headers, each ended by CRLF
 * @param body what follows the headers; not changed by anyone
 * @param stream whether more follows until the connection closes, so that no length is sent
 * @param shared whether the body is kept by somebody else, so that it takes no memory of its own while it waits
 */
public record Response(int status, byte[] head, byte[] body, boolean stream, boolean shared) {
    private static final byte[] NOTHING = {};
    private static final byte[] ANY_ORIGIN = ascii("access-control-allow-origin: *");
    private static final byte[] WITH_CREDENTIALS = ascii("\r\naccess-control-allow-credentials: true\r\nvary: Origin");
    private static final int MAX_ORIGIN = 512;
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] CLOSE = ascii("connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive\r\n");
    private static final byte[] END = ascii("\r\n");

    /** An answer without a body; headers are names and values in turn. */
    public static Response of(int status, String... headers) {
        return of(status, NOTHING, headers);
    }

    public static Response of(int status, byte[] body, String... headers) {
        StringBuilder head = line(status);
        for (int i = 0; i < headers.length; i += 2) {
            header(head, headers[i], headers[i + 1]);
        }
        return new Response(status, ascii(head.toString()), body, false, false);
    }

    public static Response of(int status, byte[] body, boolean stream, Map<String, String> headers) {
        StringBuilder head = line(status);
        headers.forEach((name, value) -> header(head, name, value));
        return new Response(status, ascii(head.toString()), body, stream, false);
    }

    /** The same with one more header. */
    public Response with(String name, String value) {
        StringBuilder more = new StringBuilder(new String(head, StandardCharsets.ISO_8859_1));
        header(more, name, value);
        return new Response(status, ascii(more.toString()), body, stream, shared);
    }

    /**
     * The same for one origin instead of for all, which is what browsers ask for when a script sends credentials along.
     * That tells nobody anything: credentials change none of the answers that are for every origin.
     */
    public Response forOrigin(String origin) {
        int at = indexOfAnyOrigin();
        if (at < 0 || !isOrigin(origin)) {
            return this;
        }
        ByteBuffer other = ByteBuffer.allocate(head.length + origin.length() + WITH_CREDENTIALS.length);
        other.put(head, 0, at + ANY_ORIGIN.length - 1).put(ascii(origin)).put(WITH_CREDENTIALS);
        other.put(head, at + ANY_ORIGIN.length, head.length - at - ANY_ORIGIN.length);
        return new Response(status, Arrays.copyOf(other.array(), other.position()), body, stream, shared);
    }

    private int indexOfAnyOrigin() {
        for (int i = 0; i + ANY_ORIGIN.length <= head.length; i++) {
            if (Arrays.equals(head, i, i + ANY_ORIGIN.length, ANY_ORIGIN, 0, ANY_ORIGIN.length)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOrigin(String origin) {
        return !origin.isEmpty()
                && origin.length() <= MAX_ORIGIN
                && origin.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ',');
    }

    /** The same headers with another status and a body. */
    public Response as(int otherStatus, String contentType, byte[] content) {
        String headers = new String(head, StandardCharsets.ISO_8859_1);
        StringBuilder other = line(otherStatus).append(headers.substring(headers.indexOf("\r\n") + 2));
        header(other, "content-type", contentType);
        return new Response(otherStatus, ascii(other.toString()), content, false, shared);
    }

    /** Whether it says that a beacon will not count. */
    public boolean isFiltered() {
        return new String(head, StandardCharsets.ISO_8859_1).contains("x-millrace-filtered");
    }

    /** The same with a body that is kept by somebody else. */
    public Response sharing() {
        return new Response(status, head, body, stream, true);
    }

    /** Memory that it takes while it waits. */
    public int ownBytes() {
        return shared ? 0 : body.length;
    }

    /** The same as the head of a stream. */
    public Response streaming() {
        return new Response(status, head, NOTHING, true, false);
    }

    private static StringBuilder line(int status) {
        return new StringBuilder(128)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(HttpResponseStatus.valueOf(status).reasonPhrase())
                .append("\r\n");
    }

    /** A line break in a value would let it write headers of its own. */
    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            head.append(c < 0x20 || c > 0x7E ? ' ' : c);
        }
        head.append("\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether this status has a body and a length at all. */
    private boolean bodiless() {
        return status == 204 || status == 304 || status < 200;
    }

    /** Writes everything but the body. */
    public void writeHead(ByteBuf out, byte[] date, boolean close, boolean oldKeepAlive) {
        out.writeBytes(head).writeBytes(date);
        if (!stream && !bodiless()) {
            out.writeBytes(LENGTH);
            decimal(out, body.length);
            out.writeBytes(END);
        }
        if (close) {
            out.writeBytes(CLOSE);
        } else if (oldKeepAlive) {
            out.writeBytes(KEEP_ALIVE);
        }
        out.writeBytes(END);
    }

    /** The bytes behind the headers: none for HEAD and for a status that has no body. */
    public byte[] content(boolean headOnly) {
        return headOnly || bodiless() ? NOTHING : body;
    }

    private static void decimal(ByteBuf out, int number) {
        if (number >= 10) {
            decimal(out, number / 10);
        }
        out.writeByte('0' + number % 10);
    }
}
