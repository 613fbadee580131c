package io.millrace.http.internal.connection;

import io.millrace.http.internal.message.HeadCheck;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a whole head by the grammar of RFC 9112, without any of the leniency that it allows: whatever two servers could
 * understand in two ways is malformed. Belongs to one event loop; what it has read stands in it until the next one.
 */
final class HeadParser {
    private static final HttpHeadersFactory HEADERS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final byte[] VERSION = "HTTP/".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] TOKEN = token();
    private static final int MAX_METHOD = 32;
    private static final int MAX_DIGITS = 18;
    private static final int KNOWN = 256;
    private static final int MAX_KNOWN = 40;

    private final AsciiString[] known = new AsciiString[KNOWN];
    private String method;
    private String target;
    private boolean old;
    private HttpHeaders headers;
    private long length;
    private boolean chunked;

    private static boolean[] token() {
        boolean[] is = new boolean[256];
        for (char c : "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray()) {
            is[c] = true;
        }
        return is;
    }

    /** Whether a byte may stand in a name. */
    static boolean isToken(byte b) {
        return TOKEN[b & 0xFF];
    }

    /** Whether a byte may stand in a value: visible, blank, tab, or not ASCII. */
    static boolean isText(byte b) {
        return b < 0 || b >= 0x20 && b != 0x7F || b == '\t';
    }

    String method() {
        return method;
    }

    /** As sent, not checked. */
    String target() {
        return target;
    }

    /** Whether it is HTTP/1.0. */
    boolean old() {
        return old;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** Bytes of the body that follows, as far as the head knows. */
    long length() {
        return length;
    }

    /** Whether the body comes in chunks. */
    boolean chunked() {
        return chunked;
    }

    /**
     * Reads a head.
     *
     * @param to behind the empty line that ends it; every line ends by CRLF
     * @return what is wrong with it, or null
     */
    HeadCheck.Problem parse(byte[] bytes, int from, int to) {
        headers = HEADERS.newHeaders();
        int end = lineEnd(bytes, from);
        HeadCheck.Problem problem = requestLine(bytes, from, end);
        int at = end + 2;
        while (problem == null && at < to - 2) {
            end = lineEnd(bytes, at);
            problem = header(bytes, at, end) ? null : HeadCheck.MALFORMED;
            at = end + 2;
        }
        if (problem == null) {
            problem = framed() ? HeadCheck.of(headers, old) : HeadCheck.MALFORMED;
        }
        return problem;
    }

    private static int lineEnd(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] != '\n') {
            i++;
        }
        return i - 1;
    }

    /** Method, target and version, each parted from the next by one blank. */
    private HeadCheck.Problem requestLine(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && isToken(bytes[i])) {
            i++;
        }
        if (i == from || i == end || i - from > MAX_METHOD || bytes[i] != ' ') {
            return HeadCheck.MALFORMED;
        }
        method = method(bytes, from, i);
        int start = i + 1;
        i = start;
        while (i < end && bytes[i] != ' ') {
            i++;
        }
        if (i == start || i == end) {
            return HeadCheck.MALFORMED;
        }
        target = latin1(bytes, start, i);
        return version(bytes, i + 1, end);
    }

    private HeadCheck.Problem version(byte[] bytes, int from, int end) {
        int digits = from + VERSION.length;
        if (end - digits != 3
                || !Arrays.equals(bytes, from, digits, VERSION, 0, VERSION.length)
                || !isDigit(bytes[digits])
                || bytes[digits + 1] != '.'
                || !isDigit(bytes[digits + 2])) {
            return HeadCheck.MALFORMED;
        }
        if (bytes[digits] != '1') {
            return HeadCheck.VERSION;
        }
        old = bytes[digits + 2] == '0';
        return old || bytes[digits + 2] == '1' ? null : HeadCheck.MALFORMED;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static String method(byte[] bytes, int from, int end) {
        int count = end - from;
        if (count == 4
                && bytes[from] == 'P'
                && bytes[from + 1] == 'O'
                && bytes[from + 2] == 'S'
                && bytes[from + 3] == 'T') {
            return "POST";
        }
        if (count == 3 && bytes[from] == 'G' && bytes[from + 1] == 'E' && bytes[from + 2] == 'T') {
            return "GET";
        }
        return latin1(bytes, from, end);
    }

    /** A line that continues the one before begins with a blank, which no name does. */
    private boolean header(byte[] bytes, int from, int end) {
        int colon = from;
        while (colon < end && isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == end || bytes[colon] != ':') {
            return false;
        }
        for (int i = colon + 1; i < end; i++) {
            if (!isText(bytes[i])) {
                return false;
            }
        }
        int start = colon + 1;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        int last = end;
        while (last > start && isBlank(bytes[last - 1])) {
            last--;
        }
        headers.add(name(bytes, from, colon), latin1(bytes, start, last));
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static String latin1(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** Names come again and again, so that those seen last are kept; a stranger can only make room for his own. */
    private AsciiString name(byte[] bytes, int from, int end) {
        int count = end - from;
        if (count > MAX_KNOWN) {
            return new AsciiString(bytes, from, count, true);
        }
        int hash = count;
        for (int i = from; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & KNOWN - 1;
        AsciiString name = known[slot];
        if (name == null || !Arrays.equals(name.array(), 0, name.length(), bytes, from, end)) {
            name = new AsciiString(bytes, from, count, true);
            known[slot] = name;
        }
        return name;
    }

    /** Finds out how long the body is, if there is only one way to understand it. */
    private boolean framed() {
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        chunked = !codings.isEmpty();
        length = 0;
        if (chunked) {
            return !old
                    && lengths.isEmpty()
                    && codings.size() == 1
                    && codings.get(0).equalsIgnoreCase("chunked");
        }
        if (lengths.isEmpty()) {
            return true;
        }
        return lengths.size() == 1 && length(lengths.get(0));
    }

    private boolean length(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            length = 10 * length + c - '0';
        }
        return true;
    }
}
