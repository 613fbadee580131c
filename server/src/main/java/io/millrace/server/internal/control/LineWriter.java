package io.millrace.server.internal.control;

import java.io.IOException;
import java.io.Writer;

/** Sends what is written to it as lines of one word. Not thread-safe, like any writer shared without a lock. */
final class LineWriter extends Writer {
    private final Wire wire;
    private final String word;
    private final StringBuilder text = new StringBuilder();

    LineWriter(Wire wire, String word) {
        this.wire = wire;
        this.word = word;
    }

    @Override
    public void write(char[] chars, int from, int length) throws IOException {
        text.append(chars, from, length);
        if (text.length() > 60_000) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (text.length() > 0) {
            String line = Line.of(word, text.toString());
            text.setLength(0);
            wire.write(line);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
