package io.millrace.replay;

import java.io.IOException;

/** A file that is not what it should be; the message names it, its line and the reason, and repeats nothing of what the line says. */
@SuppressWarnings("serial") // it goes nowhere
public final class ImportRefused extends IOException {
    /** @param line from 1; 0: no line is at fault */
    public ImportRefused(String file, long line, String reason) {
        super(file + (line == 0 ? ": " : ": line " + line + ": ") + reason);
    }
}
