package io.millrace.perf.measure;

import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A commit of this repository, built in a working tree of its own that goes when this is closed. */
final class Baseline implements AutoCloseable {
    private final Path tree = Files.createTempDirectory("baseline");
    private final Thread atExit = new Thread(this::remove);

    private Baseline() throws IOException {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Whether this repository has such a commit. */
    static boolean exists(String commit) throws IOException, InterruptedException {
        return ServerUnderTest.run(List.of("git", "rev-parse", "--verify", "--quiet", commit + "^{commit}"))
                        .exit()
                == 0;
    }

    /** Builds one, which takes a minute or two. @throws IOException when there is no such commit, or it does not build */
    static Baseline of(String commit) throws IOException, InterruptedException {
        Baseline baseline = new Baseline();
        try {
            Common.say("building %s in %s", commit, baseline.tree);
            baseline.run(
                    Path.of("."), "git", "worktree", "add", "--quiet", "--detach", baseline.tree.toString(), commit);
            baseline.run(
                    baseline.tree,
                    "sh",
                    "./mvnw",
                    "-q",
                    "-B",
                    "-ntp",
                    "-Dmaven.test.skip=true",
                    "-Dspotless.check.skip=true",
                    "-pl",
                    "server",
                    "-am",
                    "package");
            return baseline;
        } catch (IOException e) {
            baseline.close();
            throw e;
        }
    }

    private void run(Path directory, String... words) throws IOException, InterruptedException {
        Path said = Files.createTempFile("baseline", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(words))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", tree.resolve(".mvn/bin").toString(), (path, own) -> path + ":" + own);
        int exit = builder.start().waitFor();
        String text = Files.readString(said);
        Files.delete(said);
        if (exit != 0) {
            System.err.print(text);
            throw new IOException(String.join(" ", words) + " ended with " + exit);
        }
    }

    /** The server's, with the jars it needs beside it. */
    Path jar() {
        return tree.resolve("server/target/millrace/millrace.jar");
    }

    private void remove() {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path :
                    new ArrayList<>(all.sorted(Comparator.reverseOrder()).toList())) {
                Files.deleteIfExists(path);
            }
            new ProcessBuilder("git", "worktree", "prune").start().waitFor();
        } catch (IOException e) {
            System.err.println("left behind: " + tree + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
