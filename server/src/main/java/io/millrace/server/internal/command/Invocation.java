package io.millrace.server.internal.command;

import io.millrace.server.internal.control.TypedCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a command line came here. Immutable.
 *
 * @param session the running engine to work on, when the command was sent to the process that owns it; else null
 */
public record Invocation(
        TypedCommand call, Map<String, String> environment, PrintWriter out, PrintWriter err, Session session) {

    private static final Pattern OPEN_FILE = Pattern.compile("/dev/(?:stdin|fd/(\\d+))");

    /** A file that the command names: relative to where it was typed. Standard input is of the process there. */
    public Path file(String name) {
        Path file = call.directory().resolve(name).normalize();
        Matcher open = OPEN_FILE.matcher(file.toString());
        if (session == null || !open.matches()) {
            return file;
        }
        String number = open.group(1) == null ? "0" : open.group(1);
        return Path.of("/proc", Long.toString(call.process()), "fd", number);
    }
}
