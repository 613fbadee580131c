package io.millrace.replay.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A cursor over the lines of a stream, which may grow behind its end. A line longer than {@link #LONGEST} is there with
 * its number, but without its bytes. Not thread-safe.
 */
final class Lines {
    static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final byte[] chunk = new byte[64 << 10];
    private int chunkFrom;
    private int chunkTo;
    private byte[] line = new byte[4 << 10];
    private int length;
    private boolean complete = true;
    private boolean tooLong;
    private long number;
    private long start;
    private long end;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Steps to the next line; false when the stream has no whole line for now. */
    boolean next() throws IOException {
        if (complete) {
            length = 0;
            tooLong = false;
            complete = false;
            start = end;
        }
        while (chunkFrom < chunkTo || fill()) {
            int from = chunkFrom;
            while (chunkFrom < chunkTo && chunk[chunkFrom] != '\n') {
                chunkFrom++;
            }
            append(from, chunkFrom);
            if (chunkFrom < chunkTo) {
                chunkFrom++;
                end++;
                return completed();
            }
        }
        return false;
    }

    /** Takes what is behind the last line end for a line; false when there is nothing. */
    boolean rest() {
        return !complete && (length > 0 || tooLong) && completed();
    }

    private boolean fill() throws IOException {
        int n = in.read(chunk);
        chunkFrom = 0;
        chunkTo = Math.max(n, 0);
        return n > 0;
    }

    private void append(int from, int to) {
        int n = to - from;
        end += n;
        if (tooLong || length + n > LONGEST) {
            tooLong = true;
            length = 0;
            return;
        }
        if (length + n > line.length) {
            line = Arrays.copyOf(line, Math.max(length + n, line.length * 2));
        }
        System.arraycopy(chunk, from, line, length, n);
        length += n;
    }

    private boolean completed() {
        complete = true;
        number++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return true;
    }

    /** The line's bytes; only the first {@link #length()} belong to it. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    boolean tooLong() {
        return tooLong;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }

    /** The offset of the line, in (uncompressed) bytes of the stream. */
    long start() {
        return start;
    }

    /** The offset behind the line and its end, in (uncompressed) bytes of the stream. */
    long end() {
        return end;
    }
}
