package io.millrace.server.internal.cli;

import io.millrace.server.internal.control.Call;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a command line came here. Immutable.
 *
 * @param session the running engine to work on, when the command was sent to the process that owns it; else null
 */
record Invocation(Call call, Map<String, String> environment, PrintWriter out, PrintWriter err, Session session) {

    /** A file that the command names: relative to where it was typed. */
    Path file(String name) {
        return call.directory().resolve(name).normalize();
    }
}
