package io.millrace.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, as people run it. */
public final class ServerProcess implements AutoCloseable {
    private static final String LISTENING = "listening on ";

    private final Process process;
    private final Path log;
    private String url;
    private BufferedReader out;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Runs {@code serve} on a free port; returns when it listens. What it logs is kept beside the data. */
    public static ServerProcess serve(Path data, String... flags) throws IOException {
        return listening("serve", data, flags);
    }

    /** Runs {@code demo} on a free port; returns when it listens. */
    static ServerProcess demo(Path data) throws IOException {
        return listening("demo", data);
    }

    private static ServerProcess listening(String command, Path data, String... flags) throws IOException {
        List<String> args = new ArrayList<>(List.of(command, "--data", data.toString(), "--port", "0"));
        args.addAll(Arrays.asList(flags));
        return listening(command(args), data.resolveSibling("server.log"));
    }

    /** Starts a server in an environment of its own; returns when it listens. */
    static ServerProcess listening(ProcessBuilder command, Path log) throws IOException {
        Process process = command.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        ServerProcess server = new ServerProcess(process, log);
        server.out = process.inputReader(StandardCharsets.UTF_8);
        String line = server.nextLine();
        if (line == null || !line.startsWith(LISTENING)) {
            server.close();
            throw new IOException("did not start: " + server.log());
        }
        server.url = line.substring(LISTENING.length());
        return server;
    }

    /** Starts a command and does not wait for it. */
    static ServerProcess start(String... args) throws IOException {
        Process process = command(List.of(args))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ServerProcess(process, null);
    }

    /** What a command printed on stdout, and its exit code. */
    public record Result(int code, String out, String err) {
        String firstLine() {
            return out.lines().findFirst().orElse("");
        }
    }

    /** Runs any command to its end. */
    public static Result run(String... args) throws IOException, InterruptedException {
        return run(command(List.of(args)));
    }

    /** The same, with a file piped into it. */
    static Result runWithPiped(Path file, String... args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "cat \"$0\" | \"$@\"", file.toString()));
        words.addAll(command(List.of(args)).command());
        return run(new ProcessBuilder(words));
    }

    private static Result run(ProcessBuilder command) throws IOException, InterruptedException {
        Path err = Files.createTempFile("millrace", ".err");
        try {
            Process process = command.redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    private static ProcessBuilder command(List<String> args) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        if (Runtime.version().feature() >= 24) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.millrace.server.Main"));
        line.addAll(args);
        return new ProcessBuilder(line);
    }

    /** Where it listens. */
    public String url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /** What it prints on stdout next; the line that says where it listens was read. */
    String nextLine() throws IOException {
        return out.readLine();
    }

    /** All that was logged in this data directory's servers so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** The first group of a pattern, once something like it has been logged. */
    String awaitLogged(String pattern) throws IOException {
        Pattern compiled = Pattern.compile(pattern);
        while (true) {
            Matcher found = compiled.matcher(log());
            if (found.find()) {
                return found.group(1);
            }
        }
    }

    /** SIGTERM; answers the exit code, or fails when it takes longer than 10 s. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("still running 10 s after SIGTERM");
        }
        return process.exitValue();
    }

    /** SIGHUP. */
    void hangUp() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", Long.toString(pid())).start().waitFor();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
