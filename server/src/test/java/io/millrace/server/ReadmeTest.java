package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what is so. */
class ReadmeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path EXAMPLE =
            ROOT.resolve("storage-sqlite/src/test/java/io/millrace/examples/EmbedTest.java");

    @Test
    void showsTheExampleThatIsCompiled() throws Exception {
        List<String> lines = Files.readAllLines(EXAMPLE);
        int start = indexOf(lines, "// example:start");
        int end = indexOf(lines, "// example:end");
        String example = lines.subList(start + 1, end).stream()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .stripIndent();

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(example);
    }

    @Test
    void isShort() throws Exception {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThan(150);
    }

    private static int indexOf(List<String> lines, String marker) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        throw new AssertionError("no line " + marker);
    }
}
