package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(broken(ROOT.resolve(document))).isEmpty();
    }

    @Test
    void linksOfAReleaseLeadToWhatItHas(@TempDir Path release) throws Exception {
        Process copying = new ProcessBuilder("sh", ROOT.resolve(".ci/documents").toString(), release.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(copying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(copying.waitFor()).as(said).isZero();
        for (Path document : documents()) {
            Path copy = release.resolve(document);
            assertThat(broken(copy)).as(document.toString()).isEmpty();
            assertThat(Files.readString(copy)).as(document.toString()).doesNotContain("./millrace");
        }
        assertThat(Files.readString(release.resolve("README.md")))
                .contains("bin/millrace demo", "(tracker-js/README.md)", "compiled example");
    }

    private static List<String> broken(Path document) throws IOException {
        return LINK.matcher(Files.readString(document))
                .results()
                .map(link -> link.group(1))
                .filter(target -> Files.notExists(document.resolveSibling(target)))
                .toList();
    }
}
