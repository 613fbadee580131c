package io.millrace.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.javascript.jscomp.CommandLineRunner;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The build finds what is wrong with types: here it runs over the sources with errors planted in them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TypeCheckTest {
    private static final String PLANTED = """
            import {on} from './page.js';
            import {options} from './visitor.js';
            import {push} from './delivery.js';

            on(7, () => {});
            on('load');
            push({type: 'pageview'});
            options.heartbeet = options.hash;
            """;

    @TempDir
    Path dir;

    @Test
    void wrongCallsAndWrongPropertiesAreFound() throws Exception {
        Path sources = Path.of("src/main/js");
        Path copy = Files.createDirectories(dir.resolve("src/main/js"));
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        Path entry = copy.resolve("t.js");
        Files.writeString(copy.resolve("planted.js"), PLANTED);
        Files.writeString(entry, "import './planted.js';\n" + Files.readString(entry));
        assertThat(minify(copy).lines().filter(line -> line.contains(": ERROR - ")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("planted.js:5:", "does not match formal parameter"),
                        second -> assertThat(second).contains("planted.js:6:", "called with 1 argument(s)"),
                        third -> assertThat(third).contains("planted.js:7:", "does not match formal parameter"),
                        fourth -> assertThat(fourth).contains("planted.js:8:", "Cannot add a property"));
    }

    /** What the build step says of these sources. */
    private String minify(Path sources) throws IOException, URISyntaxException, InterruptedException {
        Path compiler = Path.of(CommandLineRunner.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        compiler.toString(),
                        "src/build/java/Minify.java",
                        sources.toString(),
                        dir.resolve("out").toString(),
                        dir.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("said").toFile())
                .start();
        assertThat(process.waitFor()).as("exit code").isNotZero();
        return Files.readString(dir.resolve("said"));
    }
}
