package io.millrace.server.internal.command;

import io.millrace.server.internal.control.TypedCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a command line came here. Immutable.
 *
 * @param session the running engine to work on, when the command was sent to the process that owns it; else null
 */
public record Invocation(
        TypedCommand call, Map<String, String> environment, PrintWriter out, PrintWriter err, Session session) {

    /** A file that the command names: relative to where it was typed. */
    public Path file(String name) {
        return call.directory().resolve(name).normalize();
    }
}
