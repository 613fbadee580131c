package io.millrace.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server in a JVM of its own, on a free port of this machine, scheduled as the launcher does. Used by one thread. */
public final class ServerUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 2_000_000;
    private static final List<String> AS_BATCH = List.of("chrt", "--batch", "0");

    /** How a server can be ended. */
    public enum Signal {
        /** {@code kill -9}. */
        KILL,
        /** Asks it to stop; it must finish what it acknowledged and exit with 0. */
        TERM,
        /** Freezes it, as an overloaded or suspended machine would, and then kills it. */
        STOP
    }

    private final int port = freePort();
    private final List<String> command;
    private final Path log;
    private final String host;
    private final Map<String, String> environment;
    private Process process;

    /**
     * @param command with {@code PORT} where the port belongs
     * @param log what it prints goes here, behind what is there
     */
    ServerUnderTest(List<String> command, Path log) {
        this(command, log, "127.0.0.1", Map.of());
    }

    /**
     * @param command with {@code PORT} where the port belongs
     * @param log what it prints goes here, behind what is there
     * @param host the address that it listens on
     * @param environment what it has beside this program's own
     */
    ServerUnderTest(List<String> command, Path log, String host, Map<String, String> environment) {
        List<String> scheduling = works(AS_BATCH) ? AS_BATCH : List.of();
        this.command = Stream.concat(scheduling.stream(), command.stream())
                .map(word -> word.equals("PORT") ? Integer.toString(port) : word)
                .toList();
        this.log = log;
        this.host = host;
        this.environment = Map.copyOf(environment);
    }

    /**
     * A main class of this program's own class path.
     *
     * @param words its arguments, with {@code PORT} where the port belongs
     */
    public static ServerUnderTest of(Class<?> main, Path log, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(words));
        return new ServerUnderTest(command, log);
    }

    private static boolean works(List<String> prefix) {
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            return run(trial).exit() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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

    String host() {
        return host;
    }

    public long pid() {
        return process.pid();
    }

    /** Whether it has been started and has not ended. */
    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** Starts it; returns when it takes connections. */
    public void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!connects()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the server did not start: " + command + "\n" + log());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean connects() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it has said, since the first start. */
    public String log() throws IOException {
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
                LockSupport.parkNanos(frozen.toNanos());
                process.destroyForcibly();
            }
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the server did not end within " + PATIENCE.toSeconds() + " s of " + signal);
        }
        return process.exitValue();
    }

    /** How a command ended and what it printed. */
    public record Output(int exit, String text) {

        /** The first line. */
        public String firstLine() {
            return text.lines().findFirst().orElse("").strip();
        }
    }

    /** Runs a command to its end; its errors are in the text too. */
    public static Output run(List<String> command) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(child.waitFor(), text);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
