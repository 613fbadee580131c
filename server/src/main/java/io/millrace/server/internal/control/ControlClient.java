package io.millrace.server.internal.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Has a command run by the process that owns a data directory. */
public final class ControlClient {
    private ControlClient() {}

    /**
     * Sends the call and prints what comes back.
     *
     * @return the exit code, or -1 when nobody listens at this path
     * @throws IOException when the owner goes away before the command is done
     */
    public static int run(Path path, TypedCommand call, PrintWriter out, PrintWriter err) throws IOException {
        SocketChannel channel;
        try {
            channel = ControlSocket.connect(path);
        } catch (IOException e) {
            return -1;
        }
        try (Wire wire = new Wire(channel)) {
            for (String line : call.lines()) {
                wire.write(line);
            }
            return print(wire, out, err);
        }
    }

    private static int print(Wire wire, PrintWriter out, PrintWriter err) throws IOException {
        for (String line = wire.read(); line != null; line = wire.read()) {
            switch (Line.word(line)) {
                case "out" -> show(out, Line.text(line));
                case "err" -> show(err, Line.text(line));
                case "exit" -> {
                    return Integer.parseInt(Line.text(line));
                }
                default -> throw new IOException("the server speaks another version");
            }
        }
        throw new IOException("the server stopped before the command was done");
    }

    private static void show(PrintWriter to, String text) {
        to.print(text);
        to.flush();
    }
}
