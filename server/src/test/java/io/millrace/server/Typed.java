package io.millrace.server;

import io.millrace.server.internal.cli.CommandLines;
import io.millrace.server.internal.control.TypedCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command line that was typed, run within this process, and what came of it. */
record Typed(int code, String out, String err) {

    static Typed run(String... args) {
        return run(Map.of(), Path.of("").toAbsolutePath(), args);
    }

    static Typed run(Map<String, String> environment, Path directory, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        TypedCommand call = new TypedCommand(directory, false, List.of(args));
        int code = CommandLines.run(call, environment, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Typed(code, out.toString(), err.toString());
    }

    String firstLine() {
        return out.lines().findFirst().orElse("");
    }
}
