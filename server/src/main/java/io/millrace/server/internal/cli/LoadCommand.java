package io.millrace.server.internal.cli;

import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.RootCommand;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Unmatched;

/** {@code millrace load}: a program of its own, whose jar lies beside this one's. It reads its own options. */
@Command(
        name = "load",
        description = "Sends page views to any collector and measures its answers; attacks and audits this one.")
final class LoadCommand implements Callable<Integer> {
    private static final String PROGRAM = "io.millrace.perf.Load";

    @ParentCommand
    private RootCommand millrace;

    @Unmatched
    private final List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        millrace.typedHere();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jars().resolve("*").toString(),
                PROGRAM));
        command.addAll(words);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The directory of this program's jar, when the load generator's lies there, too. */
    private static Path jars() throws IOException {
        try {
            Path here = Path.of(LoadCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (DirectoryStream<Path> found = Files.newDirectoryStream(here.getParent(), "perf-*.jar")) {
                if (found.iterator().hasNext()) {
                    return here.getParent();
                }
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        throw new Failure("the load generator is not installed here");
    }
}
