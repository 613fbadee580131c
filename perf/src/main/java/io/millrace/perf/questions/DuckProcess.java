package io.millrace.perf.questions;

import io.millrace.perf.load.Meter;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A running {@link Duck}. Used by one thread. */
public final class DuckProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private DuckProcess(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts one on the rows of a stock; returns when it has them.
     *
     * @param jars the directory that its jar is in
     */
    public static DuckProcess on(Stock stock, Path jars) throws IOException {
        String own = System.getProperty("java.class.path");
        DuckProcess duck = new DuckProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        own + File.pathSeparator + jars.resolve("*"),
                        Duck.class.getName(),
                        stock.file().toString(),
                        stock.duck().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        duck.read();
        return duck;
    }

    /** Asks and waits. */
    public Answer ask(Question question) throws IOException {
        process.getOutputStream().write((Question.ALL.indexOf(question) + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        List<Long> numbers = read().lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .map(Long::valueOf)
                .toList();
        return new Answer(200, numbers.get(0), numbers.subList(1, numbers.size()));
    }

    /** Anonymous resident memory, MiB. */
    public long memoryMb() {
        return Meter.anonymousKb(process.pid()) >> 10;
    }

    private String read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("DuckDB has ended; what it said stands above");
        }
        return line;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
