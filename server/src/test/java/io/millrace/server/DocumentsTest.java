package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links in the documents lead to files that are there. */
class DocumentsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)");

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                2,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().endsWith(".md"))) {
            return files.map(ROOT::relativize)
                    .filter(file -> !file.startsWith("target"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFiles(Path document) throws IOException {
        Path directory = ROOT.resolve(document).getParent();
        List<String> broken = LINK.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map(link -> link.group(1))
                .filter(target -> Files.notExists(directory.resolve(target)))
                .toList();

        assertThat(broken).isEmpty();
    }
}
