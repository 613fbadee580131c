package io.millrace.server;

import io.millrace.server.internal.cli.CommandLines;
import io.millrace.server.internal.control.TypedCommand;
import io.millrace.server.internal.instance.HangUp;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The command line: {@code millrace --help} is its manual. */
public final class Main {
    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

    private static final Set<String> SERVERS = Set.of("serve", "demo");

    private Main() {}

    public static void main(String[] args) {
        // Netty's events for the flight recorder: 80 classes at every start.
        if (System.getProperty(NETTY_EVENTS) == null) {
            System.setProperty(NETTY_EVENTS, "false");
        }
        // Before anything that takes its time: a hang-up has a server read its settings again, and is nothing to it
        // until it can.
        if (args.length > 0 && SERVERS.contains(args[0])) {
            HangUp.runs(() -> {});
        }
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
