package io.millrace.perf.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The real server as a process of its own, on a data directory of its own. Used by one thread. */
public final class Server implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 5_000_000;

    /** How a server can be ended. */
    public enum Signal {
        /** {@code kill -9}. */
        KILL,
        /** Asks it to stop; it must finish what it acknowledged and exit with 0. */
        TERM,
        /** Freezes it, as an overloaded or suspended machine would, and then kills it. */
        STOP
    }

    private final Path jar;
    private final Path data;
    private final int port;
    private final List<String> jvmOptions;
    private final List<String> options;
    private Process process;

    /**
     * @param jar the server's, with the jars it needs beside it
     * @param data its data directory
     * @param jvmOptions of the launcher
     * @param options of {@code serve}
     */
    public Server(Path jar, Path data, List<String> jvmOptions, List<String> options) {
        this.jar = jar;
        this.data = data;
        this.port = freePort();
        this.jvmOptions = List.copyOf(jvmOptions);
        this.options = List.copyOf(options);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** The data directory. */
    public Path data() {
        return data;
    }

    /** Starts it; returns when it takes connections. */
    public void start() throws IOException {
        List<String> command = java();
        command.addAll(List.of("serve", "--data", data.toString(), "--port", Integer.toString(port)));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("server.log").toFile()))
                .start();
        awaitConnection();
    }

    private List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private void awaitConnection() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!connects()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the server did not start; its log:\n" + log());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean connects() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it has said, since the first start. */
    public String log() throws IOException {
        Path log = data.resolveSibling("server.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /**
     * Ends it and waits until it is gone.
     *
     * @param frozen how long {@link Signal#STOP} leaves it frozen
     * @return its exit code
     */
    public int end(Signal signal, Duration frozen) throws IOException, InterruptedException {
        switch (signal) {
            case KILL -> process.destroyForcibly();
            case TERM -> process.destroy();
            case STOP -> {
                run(List.of("kill", "-STOP", Long.toString(process.pid())));
                TimeUnit.MILLISECONDS.sleep(frozen.toMillis());
                process.destroyForcibly();
            }
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the server did not end within " + PATIENCE.toSeconds() + " s of " + signal);
        }
        return process.exitValue();
    }

    /** Runs another command of the same program on the same data directory, and returns what it printed. */
    public Output command(String... words) throws IOException, InterruptedException {
        List<String> command = java();
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        return run(command);
    }

    /** How a command ended and what it printed. */
    public record Output(int exit, String text) {}

    private static Output run(List<String> command) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Output(child.waitFor(), text);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
