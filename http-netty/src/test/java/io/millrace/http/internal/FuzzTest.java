package io.millrace.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The corpus, and a short run of the fuzzer over it; {@code http-netty/fuzz} makes long ones. */
class FuzzTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final int RUNS = 20_000;

    @Test
    void everyInputOfTheCorpusIsAnswered() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.sorted().toList()) {
                Fuzz.fuzzerTestOneInput(Files.readAllBytes(file));
            }
        }
    }

    @Test
    @Timeout(180)
    void aShortRunFindsNothing(@TempDir Path found) throws IOException, InterruptedException {
        Path log = found.resolve("log");
        Process fuzzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzz.class.getName(),
                        "--instrumentation_includes=io.millrace.**",
                        "--custom_hook_includes=io.millrace.**",
                        "--reproducer_path=" + found,
                        "-artifact_prefix=" + found + "/",
                        "-runs=" + RUNS,
                        "-max_total_time=15",
                        "-seed=1",
                        found.resolve("new").toString(),
                        CORPUS.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Files.createDirectories(found.resolve("new"));
        try {
            assertThat(fuzzer.waitFor(150, TimeUnit.SECONDS)).isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        assertThat(fuzzer.exitValue())
                .as(Files.readString(log).replaceFirst("(?s)^.*?(?=== Java Exception)", ""))
                .isZero();
    }
}
