package io.millrace.server;

import io.millrace.server.internal.cli.CommandLines;
import io.millrace.server.internal.control.TypedCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command line: {@code millrace --help} is its manual. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Charset charset = StandardCharsets.UTF_8;
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        TypedCommand call =
                new TypedCommand(Path.of("").toAbsolutePath(), Boolean.getBoolean("millrace.terminal"), List.of(args));
        int code = CommandLines.run(call, System.getenv(), out, err);
        out.flush();
        err.flush();
        System.exit(code);
    }
}
