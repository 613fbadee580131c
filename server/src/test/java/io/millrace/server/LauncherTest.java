package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds its way, as a release: the script in {@code bin}, the jars in {@code lib}. */
@Timeout(60)
class LauncherTest {
    private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("millrace");

    @TempDir
    private Path directory;

    private ServerProcess.Result run(Path script, String javaHome) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), "--java-home");
        builder.environment().remove("JAVA_HOME");
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome);
        }
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ServerProcess.Result(process.waitFor(), out, err);
    }

    private Path release() throws IOException {
        Path home = directory.resolve("a release");
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/millrace.jar"));
        return Files.copy(SCRIPT, Files.createDirectories(home.resolve("bin")).resolve("millrace"));
    }

    @Test
    void takesJavaHome() throws Exception {
        String home = System.getProperty("java.home");

        assertThat(run(release(), home).firstLine()).isEqualTo(home);
    }

    @Test
    void findsAJavaOfItsOwn() throws Exception {
        ServerProcess.Result found = run(release(), null);

        assertThat(found.code()).as(found.err()).isZero();
        assertThat(Path.of(found.firstLine(), "bin", "java")).isExecutable();
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("millrace"), Path.of("a release/bin/millrace"));
        release();

        assertThat(run(link, System.getProperty("java.home")).code()).isZero();
    }

    @Test
    void saysSoWhenJavaHomeIsNone() throws Exception {
        ServerProcess.Result refused = run(release(), "/nowhere");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("millrace: JAVA_HOME is not a JDK: /nowhere\n");
    }
}
