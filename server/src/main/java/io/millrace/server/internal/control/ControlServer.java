package io.millrace.server.internal.control;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of other processes in the one that owns the data directory. Who may connect is decided by the
 * permissions of the socket's file. Each connection is one command and has two threads: one that runs it, one that
 * notices when the other side goes away.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    /** Runs a command line. */
    @FunctionalInterface
    public interface Commands {
        /**
         * @param cancelled whether the other side is gone
         * @return the exit code
         */
        int run(TypedCommand call, PrintWriter out, PrintWriter err, BooleanSupplier cancelled);
    }

    private final Path path;
    private final ServerSocketChannel server;
    private final Commands commands;
    private final ExecutorService threads = Executors.newCachedThreadPool(new ThreadFactoryBuilder()
            .setNameFormat("millrace-control-%d")
            .setDaemon(true)
            .build());

    private ControlServer(Path path, ServerSocketChannel server, Commands commands) {
        this.path = path;
        this.server = server;
        this.commands = commands;
    }

    /** Starts to listen at this path. */
    public static ControlServer start(Path path, Commands commands) throws IOException {
        ControlServer control = new ControlServer(path, ControlSocket.listen(path), commands);
        control.threads.execute(control::accept);
        return control;
    }

    private void accept() {
        try {
            while (true) {
                Wire wire = new Wire(server.accept());
                threads.execute(() -> serve(wire));
            }
        } catch (ClosedChannelException e) {
            LOG.debug("control socket closed");
        } catch (IOException e) {
            LOG.error("control socket: {}", e.toString());
        }
    }

    private void serve(Wire wire) {
        try (wire) {
            List<String> lines = new ArrayList<>();
            for (String line = wire.read(); line != null && !line.isEmpty(); line = wire.read()) {
                lines.add(line);
            }
            if (lines.isEmpty()) {
                return;
            }
            AtomicBoolean gone = new AtomicBoolean();
            threads.execute(() -> watch(wire, gone));
            PrintWriter out = new PrintWriter(new LineWriter(wire, "out"), true);
            PrintWriter err = new PrintWriter(new LineWriter(wire, "err"), true);
            int code = commands.run(TypedCommand.of(lines), out, err, gone::get);
            out.flush();
            err.flush();
            wire.write(Line.of("exit", Integer.toString(code)));
        } catch (IOException e) {
            LOG.debug("control connection: {}", e.toString());
        }
    }

    /** The other side sends nothing more; when reading ends, it is gone. */
    private static void watch(Wire wire, AtomicBoolean gone) {
        try {
            while (wire.read() != null) {
                LOG.debug("unexpected line on the control socket");
            }
        } catch (IOException e) {
            LOG.debug("control connection: {}", e.toString());
        }
        gone.set(true);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        ControlSocket.remove(path);
    }
}
