package io.millrace.replay;

import java.io.IOException;
import java.nio.file.Path;

/** Is told how a replay goes on. Called on the replay's thread. */
public interface ReplayListener {

    /** For those who do not want to know. */
    ReplayListener NONE = new ReplayListener() {};

    /**
     * A line was refused, by the reader or, a little later and on its thread, by the engine.
     *
     * @param line its number, from 1
     * @param problem never repeats what the line says
     */
    default void refused(Path file, long line, String problem) {}

    /**
     * A file cannot be read, or no further: it was cut off, or it is damaged. The others go on.
     *
     * @param lines of it that were read
     */
    default void unreadable(Path file, long lines, IOException problem) {}

    /**
     * Some lines were taken.
     *
     * @param bytes of the file read so far (of a compressed one: compressed bytes)
     * @param size of the file in bytes; 0: it is a stream, which has none
     */
    default void progress(Path file, long bytes, long size) {}
}
