package io.millrace.http.internal.connection;

import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.message.HeadCheck;

/**
 * Looks for the end of a request's head in bytes that come in pieces, and counts and measures its lines meanwhile: what
 * has too many or too long ones is refused as soon as that shows. Belongs to its connection.
 */
final class HeadScanner {
    /** Empty lines that may stand before a request (RFC 9112, 2.2). */
    private static final int MAX_EMPTY = 2;

    private final Limits limits;
    private int seen;
    private int line;
    private int lines;
    private int empty;
    private int headers;
    private HeadCheck.Problem problem;

    HeadScanner(Limits limits) {
        this.limits = limits;
    }

    /** Forgets the head that has ended. */
    void reset() {
        seen = 0;
        line = 0;
        lines = 0;
        empty = 0;
        headers = 0;
        problem = null;
    }

    /** Why the head is refused, or null. */
    HeadCheck.Problem problem() {
        return problem;
    }

    /** Where the request line begins, from the beginning of the bytes: behind empty lines. */
    int first() {
        return 2 * empty;
    }

    /** Header lines of the head. */
    int headers() {
        return lines - 1;
    }

    /**
     * Looks further; what was looked at before is not looked at again.
     *
     * @param from where the head begins
     * @param to where the bytes end that have come
     * @return the index behind the empty line that ends the head, or -1: it is unfinished, or there is a problem
     */
    int end(byte[] bytes, int from, int to) {
        for (int i = from + seen; i < to; i++) {
            if (bytes[i] == '\n') {
                int length = i - 1 - from - line;
                if (length < 0 || bytes[i - 1] != '\r') {
                    problem = HeadCheck.MALFORMED;
                    return -1;
                }
                if (length == 0 && lines > 0) {
                    return i + 1;
                }
                line(length, i + 1 - from);
                if (problem != null) {
                    return -1;
                }
            }
        }
        seen = to - from;
        measure(seen - line, seen);
        return -1;
    }

    /** A line has ended. */
    private void line(int length, int next) {
        measure(length, next);
        line = next;
        if (length == 0) {
            if (++empty > MAX_EMPTY) {
                problem = HeadCheck.MALFORMED;
            }
        } else if (++lines == 1) {
            headers = next;
        } else if (headers() > HeadCheck.MAX_HEADERS) {
            problem = HeadCheck.LONG_HEADERS;
        }
    }

    private void measure(int length, int all) {
        if (problem != null) {
            return;
        }
        if (lines == 0 && length > limits.lineBytes()) {
            problem = HeadCheck.LONG_LINE;
        } else if (lines > 0 && all - headers > limits.headerBytes()) {
            problem = HeadCheck.LONG_HEADERS;
        }
    }
}
