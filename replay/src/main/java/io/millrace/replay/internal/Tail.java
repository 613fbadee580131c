package io.millrace.replay.internal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/**
 * One path of a replay: what it names now is read to its end, and when it is followed, what it names later, too. Not
 * thread-safe.
 */
final class Tail {
    private static final int LINES_AT_ONCE = 1_000;

    /** Is given lines that were not read before. */
    @FunctionalInterface
    interface Sink {
        /** @param source what it is known again by; null: it is a stream, which is not */
        void line(Lines line, String source) throws IOException;
    }

    /** What there is to do next. */
    enum State {
        MORE,
        IDLE,
        DONE
    }

    private final Path path;
    private final boolean follow;

    /** The offset behind the last line taken of a source; 0: nothing yet. */
    private final ToLongFunction<String> positions;

    private OpenFile file;
    private String source;
    private long known;
    private boolean rotated;
    private boolean given;

    Tail(Path path, boolean follow, ToLongFunction<String> positions) {
        this.path = path;
        this.follow = follow;
        this.positions = positions;
    }

    Path path() {
        return path;
    }

    /** The file that is being read, or null. */
    OpenFile file() {
        return file;
    }

    /** How many lines were read. */
    long line() {
        return file == null ? 0 : file.lines().number();
    }

    /** Reads no more of it. */
    void giveUp() throws IOException {
        given = true;
        close();
    }

    /** Reads some lines. */
    State poll(Sink sink) throws IOException {
        if (given) {
            return State.DONE;
        }
        if (file == null) {
            try {
                file = OpenFile.open(path);
            } catch (NoSuchFileException e) {
                if (follow) {
                    return State.IDLE;
                }
                throw e;
            }
            source = null;
        }
        for (int i = 0; i < LINES_AT_ONCE; i++) {
            if (!file.lines().next()) {
                return atEnd(sink);
            }
            take(sink);
        }
        return State.MORE;
    }

    private State atEnd(Sink sink) throws IOException {
        boolean ends = !follow || file.ends();
        if (!ends && !rotated) {
            rotated = file.rotated(path);
            return rotated ? State.MORE : State.IDLE; // once more: what was written before it was rotated
        }
        if (file.lines().rest()) {
            take(sink);
        }
        rotated = false;
        if (ends) {
            return State.DONE;
        }
        close();
        return State.MORE;
    }

    private void take(Sink sink) throws IOException {
        if (file.stream()) {
            sink.line(file.lines(), null);
            return;
        }
        if (source == null) {
            source = file.identity();
            known = positions.applyAsLong(source);
            if (known > file.size() && !file.gzip()) {
                known = 0; // it was cut since, and begins with the same line
            }
        }
        if (file.lines().start() >= known) { // a last line without its end was taken, and may have got it since
            sink.line(file.lines(), source);
        }
    }

    void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
