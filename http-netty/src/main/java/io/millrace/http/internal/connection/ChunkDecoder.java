package io.millrace.http.internal.connection;

import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.message.HeadCheck;

/**
 * Takes a body out of its chunks, byte by byte, so that nothing of sizes, extensions and trailers is ever held; all of
 * them are limited, and trailers are thrown away. Belongs to its connection.
 */
final class ChunkDecoder {
    /** Fewer than would overflow a number of 32 bits, leading zeros included. */
    private static final int MAX_DIGITS = 7;

    /** Bytes of all extensions of a body. */
    private static final int MAX_EXTENSIONS = 4096;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_END,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_END,
        LAST_LF,
        DONE
    }

    /** Is given the parts of a body. */
    interface Sink {
        /** Takes a part; answers whether it wants more. */
        boolean data(byte[] bytes, int from, int count);
    }

    private final Limits limits;
    private State state = State.SIZE;
    private int digits;
    private int size;
    private int extensions;
    private int trailers;
    private int trailerBytes;
    private HeadCheck.Problem problem;

    ChunkDecoder(Limits limits) {
        this.limits = limits;
    }

    boolean done() {
        return state == State.DONE;
    }

    /** Why the body is refused, or null. */
    HeadCheck.Problem problem() {
        return problem;
    }

    /**
     * Reads on.
     *
     * @return the index of the first byte that was not read: {@code end}, unless the body ended, is refused or its taker
     *     wants no more
     */
    int read(byte[] bytes, int from, int end, Sink sink) {
        int at = from;
        while (at < end && state != State.DONE && problem == null) {
            if (state == State.DATA) {
                int count = Math.min(size, end - at);
                size -= count;
                if (size == 0) {
                    state = State.DATA_CR;
                }
                if (!sink.data(bytes, at, count)) {
                    return at + count;
                }
                at += count;
            } else {
                step(bytes[at++]);
            }
        }
        return at;
    }

    private void step(byte b) {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_END -> expect(b, '\n', size == 0 ? State.TRAILER : State.DATA);
            case DATA_CR -> expect(b, '\r', State.DATA_LF);
            case DATA_LF -> nextChunk(b);
            case LAST_LF -> expect(b, '\n', State.DONE);
            default -> trailer(b);
        }
    }

    private void expect(byte b, char wanted, State next) {
        if (b == wanted) {
            state = next;
        } else {
            problem = HeadCheck.MALFORMED;
        }
    }

    private void nextChunk(byte b) {
        digits = 0;
        expect(b, '\n', State.SIZE);
    }

    private void size(byte b) {
        int digit = Character.digit((char) (b & 0x7F), 16);
        if (b > 0 && digit >= 0 && digits < MAX_DIGITS) {
            size = size << 4 | digit;
            digits++;
        } else if (digits > 0 && b == '\r') {
            state = State.SIZE_END;
        } else if (digits > 0 && b == ';') {
            state = State.EXTENSION;
        } else {
            problem = HeadCheck.MALFORMED;
        }
    }

    private void extension(byte b) {
        if (b == '\r') {
            state = State.SIZE_END;
        } else if (!HeadParser.isText(b) || ++extensions > MAX_EXTENSIONS) {
            problem = HeadCheck.MALFORMED;
        }
    }

    private void trailer(byte b) {
        if (++trailerBytes > limits.headerBytes()) {
            problem = HeadCheck.LONG_HEADERS;
            return;
        }
        switch (state) {
            case TRAILER -> trailerBegins(b);
            case TRAILER_NAME -> trailerName(b);
            case TRAILER_VALUE -> trailerValue(b);
            default -> expect(b, '\n', State.TRAILER);
        }
    }

    private void trailerBegins(byte b) {
        if (b == '\r') {
            state = State.LAST_LF;
        } else if (!HeadParser.isToken(b)) {
            problem = HeadCheck.MALFORMED;
        } else if (++trailers > HeadCheck.MAX_HEADERS) {
            problem = HeadCheck.LONG_HEADERS;
        } else {
            state = State.TRAILER_NAME;
        }
    }

    private void trailerName(byte b) {
        if (b == ':') {
            state = State.TRAILER_VALUE;
        } else if (!HeadParser.isToken(b)) {
            problem = HeadCheck.MALFORMED;
        }
    }

    private void trailerValue(byte b) {
        if (b == '\r') {
            state = State.TRAILER_END;
        } else if (!HeadParser.isText(b)) {
            problem = HeadCheck.MALFORMED;
        }
    }
}
