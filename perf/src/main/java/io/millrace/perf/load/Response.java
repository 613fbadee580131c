package io.millrace.perf.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One HTTP/1.1 response, read as its bytes arrive; used again for the next. Knows lengths and chunks, keeps the start of
 * the body.
 */
public final class Response {
    private static final int KEPT = 256;
    private static final String FILTERED = "x-millrace-filtered:";
    private static final int LONGEST_HEAD = 64 << 10;
    private static final byte[] ACCEPTED = "{\"accepted\":".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        HEAD,
        BODY,
        BODY_TO_THE_END,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private byte[] head = new byte[2048];
    private int headLength;
    private final byte[] kept = new byte[KEPT];
    private int keptLength;
    private State state = State.HEAD;
    private long left;
    private int lineLength;
    private boolean chunked;
    private boolean measured;
    private boolean close;
    private int status;
    private int retryAfter;
    private boolean filtered;
    private boolean broken;

    public void reset() {
        state = State.HEAD;
        headLength = 0;
        keptLength = 0;
        left = 0;
        lineLength = 0;
        chunked = false;
        measured = false;
        close = false;
        status = 0;
        retryAfter = -1;
        filtered = false;
        broken = false;
    }

    public int status() {
        return status;
    }

    /** Seconds of {@code Retry-After}, or -1. */
    public int retryAfter() {
        return retryAfter;
    }

    boolean hasBody() {
        return keptLength > 0;
    }

    /** Whether the server says that page views or events that it has taken will not count. */
    boolean filtered() {
        return filtered;
    }

    /** How many members of an array were taken, where some were not; else -1. */
    int accepted() {
        if (keptLength < ACCEPTED.length || !Arrays.equals(kept, 0, ACCEPTED.length, ACCEPTED, 0, ACCEPTED.length)) {
            return -1;
        }
        int n = 0;
        for (int at = ACCEPTED.length; at < keptLength && kept[at] >= '0' && kept[at] <= '9'; at++) {
            n = n * 10 + kept[at] - '0';
        }
        return n;
    }

    /** The start of the body, at most 256 bytes. */
    public String body() {
        return new String(kept, 0, keptLength, StandardCharsets.UTF_8);
    }

    /** The value of a header, or null. @param name in lower case */
    public String header(String name) {
        List<String> all = headers(name);
        return all.isEmpty() ? null : all.get(0);
    }

    /** The values of all headers of a name, in lower case, as they came. */
    public List<String> headers(String name) {
        List<String> all = new ArrayList<>();
        for (int line = nextLine(0); line < headLength - 2; line = nextLine(line)) {
            if (is(line, name) && head[line + name.length()] == ':') {
                int from = line + name.length() + 1;
                all.add(new String(head, from, nextLine(line) - from, StandardCharsets.ISO_8859_1).strip());
            }
        }
        return all;
    }

    public boolean done() {
        return state == State.DONE;
    }

    /** Whether the head is whole. */
    boolean hasHead() {
        return state != State.HEAD;
    }

    boolean mustClose() {
        return close;
    }

    /** Whether what came is not HTTP. */
    public boolean broken() {
        return broken;
    }

    /** Takes bytes from {@code from} to {@code to}; returns where it stopped: {@code to}, or behind the response's end. */
    public int feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state != State.DONE && !broken) {
            at = switch (state) {
                case HEAD -> feedHead(bytes, at, to);
                case BODY, CHUNK -> feedBody(bytes, at, to);
                case BODY_TO_THE_END -> keep(bytes, at, to);
                case CHUNK_SIZE, CHUNK_END, TRAILER -> feedLine(bytes, at, to);
                case DONE -> to;
            };
        }
        return at;
    }

    private int feedHead(byte[] bytes, int from, int to) {
        if (headLength > LONGEST_HEAD) {
            broken = true;
            return to;
        }
        if (headLength + to - from > head.length) {
            head = Arrays.copyOf(head, Math.max(2 * head.length, headLength + to - from));
        }
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            head[headLength++] = b;
            if (b == '\n' && headLength >= 4 && head[headLength - 3] == '\n') {
                readHead();
                return at + 1;
            }
        }
        return to;
    }

    private void readHead() {
        status = headLength < 16 || !is(0, "http/1.") ? 0 : (int) number(9);
        if (status < 100 || status > 599) {
            broken = true;
            return;
        }
        for (int line = nextLine(12); line < headLength - 2; line = nextLine(line)) {
            readHeader(line);
        }
        if (status < 200) {
            reset();
        } else if (status == 204 || status == 304) {
            state = State.DONE;
        } else if (chunked) {
            state = State.CHUNK_SIZE;
            left = 0;
        } else if (!measured) {
            state = State.BODY_TO_THE_END;
            close = true;
        } else {
            state = left == 0 ? State.DONE : State.BODY;
        }
    }

    private int nextLine(int from) {
        int at = from;
        while (at < headLength && head[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private void readHeader(int line) {
        switch (head[line] | 0x20) {
            case 'c' -> {
                if (is(line, "content-length:")) {
                    left = number(line + 15);
                    measured = true;
                } else if (is(line, "connection:")) {
                    close = is(line + 12, "close");
                }
            }
            case 't' -> chunked |= is(line, "transfer-encoding:");
            case 'r' -> {
                if (is(line, "retry-after:")) {
                    retryAfter = (int) number(line + 12);
                }
            }
            case 'x' -> filtered |= isFiltered(line) || is(line, "x-plausible-dropped:");
            default -> {}
        }
    }

    /** A heartbeat that has overtaken its visit on another connection is no page view, and nobody's loss. */
    private boolean isFiltered(int line) {
        return is(line, FILTERED) && !is(line + FILTERED.length(), " no_visit\r");
    }

    private boolean is(int at, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            int c = at + i < headLength ? head[at + i] : 0;
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long number(int from) {
        int at = from;
        while (head[at] == ' ') {
            at++;
        }
        long n = 0;
        for (; head[at] >= '0' && head[at] <= '9'; at++) {
            n = n * 10 + head[at] - '0';
        }
        return n;
    }

    /** Whether the answer is whole if nothing more comes: it had no length. */
    boolean endsHere() {
        return state == State.BODY_TO_THE_END;
    }

    private int keep(byte[] bytes, int from, int to) {
        int keep = Math.min(to - from, KEPT - keptLength);
        System.arraycopy(bytes, from, kept, keptLength, keep);
        keptLength += keep;
        return to;
    }

    private int feedBody(byte[] bytes, int from, int to) {
        int n = (int) Math.min(left, to - from);
        keep(bytes, from, from + n);
        left -= n;
        if (left == 0) {
            state = state == State.BODY ? State.DONE : State.CHUNK_END;
            lineLength = 0;
        }
        return from + n;
    }

    /** Reads a chunk's size line, the empty line behind a chunk, or the trailer up to its empty line. */
    private int feedLine(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b == '\n') {
                endLine();
                return at + 1;
            }
            if (b != '\r') {
                lineLength++;
                int digit = state == State.CHUNK_SIZE ? Character.digit(b, 16) : -1;
                left = digit < 0 ? left : left * 16 + digit;
            }
        }
        return to;
    }

    private void endLine() {
        switch (state) {
            case CHUNK_SIZE -> state = left == 0 ? State.TRAILER : State.CHUNK;
            case CHUNK_END -> {
                state = State.CHUNK_SIZE;
                left = 0;
            }
            default -> state = lineLength == 0 ? State.DONE : State.TRAILER;
        }
        lineLength = 0;
    }
}
