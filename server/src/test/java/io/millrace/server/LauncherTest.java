package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher finds its way, as a release: the script in {@code bin}, the jars in {@code lib}. */
@Timeout(60)
class LauncherTest {
    private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("millrace");

    @TempDir
    private Path directory;

    private String path = System.getenv("PATH");
    private Consumer<Map<String, String>> environment = all -> {};

    private ServerProcess.Result run(Path script, String javaHome) throws IOException, InterruptedException {
        return run(script, javaHome, "--java-home");
    }

    private ServerProcess.Result run(Path script, String javaHome, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("MILLRACE_JAVA_OPTS");
        builder.environment().remove("JAVA_HOME");
        environment.accept(builder.environment());
        builder.environment().put("PATH", path);
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

    /** A JDK that prints what its {@code java} is called with, a line for each argument. */
    private Path echoingJdk() throws IOException {
        Path jdk = Files.createDirectories(directory.resolve("a jdk"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return jdk;
    }

    /** The class archive that the launcher looks for: it is named by the POSIX checksum of the JDK's release file. */
    private Path archive(Path lib, Path jdk) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh", "-c", "cksum <\"$0\"", jdk.resolve("release").toString())
                .start();
        String sum = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(" ")[0];
        assertThat(process.waitFor()).isZero();
        return Files.createFile(lib.resolve("classes-" + sum + ".jsa"));
    }

    @Test
    void passesTheClassArchiveInAPathWithSpacesAsOneWord() throws Exception {
        Path script = release();
        Path lib = directory.resolve("a release/lib").toRealPath();
        Path jdk = echoingJdk();
        Path archive = archive(lib, jdk);

        ServerProcess.Result called = run(script, jdk.toString(), "site", "add", "a b");

        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.out().lines())
                .contains("-XX:SharedArchiveFile=" + asWritten(script, archive))
                .endsWith("-jar", asWritten(script, lib.resolve("millrace.jar")), "site", "add", "a b");
    }

    @Test
    void asksForNoClassArchiveOfAnotherJdk() throws Exception {
        Path script = release();
        Path jdk = echoingJdk();
        archive(directory.resolve("a release/lib"), jdk);
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");

        assertThat(run(script, jdk.toString(), "site", "list").out()).doesNotContain("SharedArchiveFile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "verify", "replay", "site"})
    void runsEveryCommandWithTheHeadersOfTheClassArchive(String command) throws Exception {
        Path script = release();
        Path jdk = echoingJdk();

        assertThat(run(script, jdk.toString(), command).out()).doesNotContain("CompactObjectHeaders");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        assertThat(run(script, jdk.toString(), command).out().lines()).contains("-XX:+UseCompactObjectHeaders");
    }

    @ParameterizedTest
    @CsvSource({"serve,--batch 0", "demo,--batch 0", "site,"})
    void schedulesServersAsABatchJobWhereThatWorks(String command, String scheduling) throws Exception {
        Path script = release();
        Path jdk = echoingJdk();
        Path commands = Files.createDirectories(directory.resolve("commands"));
        Path chrt = Files.writeString(commands.resolve("chrt"), """
                #!/bin/sh
                case "$1 $3" in
                    "--pid ") echo "pid $2's current scheduling policy: SCHED_OTHER"; exit ;;
                    "--batch true") exit ;;
                esac
                echo "$1 $2"
                shift 2
                exec "$@"
                """);
        assertThat(chrt.toFile().setExecutable(true)).isTrue();
        path = commands + ":" + System.getenv("PATH");

        assertThat(run(script, jdk.toString(), command).out().lines().filter(line -> line.equals("--batch 0")))
                .containsExactlyElementsOf(scheduling == null ? List.of() : List.of(scheduling));
        Files.writeString(chrt, "#!/bin/sh\nexit 1\n");
        ServerProcess.Result refused = run(script, jdk.toString(), command);
        assertThat(refused.code()).as(refused.err()).isZero();
        assertThat(refused.out().lines()).contains(command);
    }

    @ParameterizedTest
    @CsvSource({
        "'',-XX:+UseG1GC -Xms240m -Xmx576m",
        "-Xmx128m,-XX:+UseG1GC -Xmx128m",
        "-Xms64m,-XX:+UseG1GC -Xmx576m -Xms64m",
        "-XX:MaxRAMPercentage=50,-XX:+UseG1GC -XX:MaxRAMPercentage=50",
        "-XX:+UseZGC,-Xms240m -Xmx576m -XX:+UseZGC",
        "-XX:+UseSerialGC -Xmx1g,-XX:+UseSerialGC -Xmx1g"
    })
    void letsHeapAndCollectorOfTheUserWin(String options, String heapAndCollector) throws Exception {
        Path script = release();
        Path jdk = echoingJdk();
        environment = all -> all.put("MILLRACE_JAVA_OPTS", options);

        List<String> called = run(script, jdk.toString(), "serve").out().lines().toList();
        assertThat(called.stream()
                        .filter(word -> word.matches("-Xm[sx].*|-XX:\\+Use\\w+GC|-XX:MaxRAM.*"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(heapAndCollector);
        assertThat(run(script, jdk.toString(), "site", "list").out())
                .contains("-Xmx128m\n")
                .doesNotContain("-Xmx1g");
    }

    @Test
    void aCommandThatRunsAsAServiceOutlivesAHangUp() throws Exception {
        Path jdk = echoingJdk();
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nkill -HUP $$\necho still there\n");

        assertThat(run(release(), jdk.toString(), "replay").out()).isEqualTo("still there\n");
    }

    @Test
    void saysToTheProgramHowItWasCalled() throws Exception {
        Path script = release();

        assertThat(run(script, echoingJdk().toString(), "serve").out().lines())
                .contains("-Dmillrace.command=" + script);
    }

    @Test
    void startsWithoutAHome() throws Exception {
        environment = all -> all.remove("HOME");

        assertThat(run(release(), null).err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX"})
    void takesNamesForUtf8WhateverTheLocale(String lang) throws Exception {
        environment = all -> {
            all.keySet().removeIf(name -> name.startsWith("LC_"));
            all.put("LANG", lang);
        };
        Path jdk = echoingJdk();
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\nlocale charmap\n");

        assertThat(run(release(), jdk.toString(), "site", "list").out()).isEqualTo("UTF-8\n");
    }

    /** The path of a file in {@code lib} as the launcher writes it: by way of its own directory. */
    private static String asWritten(Path script, Path file) throws IOException {
        return script.toRealPath().getParent() + "/../lib/" + file.getFileName();
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
