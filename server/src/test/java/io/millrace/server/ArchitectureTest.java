package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} says what is so. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> LIBRARIES =
            List.of("engine", "storage-sqlite", "wire", "http-netty", "dashboard-api", "replay", "server");

    /** The name of a thread, whole or up to its number. */
    private static final Pattern THREAD = Pattern.compile("\"(millrace-[a-z]+)(?:-(?:%d)?\"| ?\\+|\"[,)])");

    private static final Pattern POOL = Pattern.compile("new WorkerPool\\(\"([a-z]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(millrace-[a-z]+)(?:-N)?` \\|");

    @Test
    void theTableOfThreadsHasEveryThread() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String module : LIBRARIES) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                sources.filter(file -> file.toString().endsWith(".java"))
                        .map(ArchitectureTest::read)
                        .forEach(source -> {
                            POOL.matcher(source).results().forEach(pool -> named.add("millrace-" + pool.group(1)));
                            if (source.contains("Thread")) {
                                THREAD.matcher(source).results().forEach(thread -> named.add(thread.group(1)));
                            }
                        });
            }
        }
        Set<String> told = ROW.matcher(read(ROOT.resolve("docs/architecture.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(named);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
