package io.millrace.web;

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

/** The build's check of types finds what is wrong: here it runs over the page with errors planted in it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TypeCheckTest {
    private static final String WRONG_TYPES = """
            import * as format from './lib/format.js';
            import {Loading, PageElement} from './lib/element.js';
            import {t} from './strings.js';

            class Planted extends PageElement {
              constructor() {
                super();
                /** @type {!Loading<!Api.Journey>} */
                this.loading = new Loading(this);
              }

              render() {
                format.whole('7');
                format.whole(7, 7);
                this.nothing = 7;
                t.login.nothing();
                this.app.route.params.getNothing();
                return this.loading.data.visitor.totalSesions;
              }
            }
            """;

    @TempDir
    Path dir;

    @Test
    void wrongCallsAndWrongPropertiesAreFound() throws Exception {
        assertThat(check(WRONG_TYPES).lines().filter(line -> line.contains(": ERROR - ")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("planted.js:13:", "does not match formal parameter"),
                        second -> assertThat(second).contains("planted.js:14:", "called with 2 argument(s)"),
                        third -> assertThat(third).contains("planted.js:15:", "Cannot add a property"),
                        fourth -> assertThat(fourth).contains("planted.js:16:", "Property nothing never defined"),
                        fifth -> assertThat(fifth).contains("planted.js:17:", "Property getNothing never defined"),
                        sixth -> assertThat(sixth)
                                .contains("planted.js:18:", "Property totalSesions never defined on Api.Visitor"));
    }

    @Test
    void aNameThatNobodyDeclaresIsFound() throws Exception {
        assertThat(check("undeclared();\n")).contains("planted.js:1:", "variable undeclared is undeclared");
    }

    /** What the check says of the page with this script in it. */
    private String check(String script) throws IOException, URISyntaxException, InterruptedException {
        copy(Path.of("src"), dir.resolve("src"));
        copy(Path.of("target/api.js"), dir.resolve("target/api.js"));
        Files.writeString(dir.resolve("src/main/web/planted.js"), script);
        Path compiler = Path.of(CommandLineRunner.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        compiler.toString(),
                        "--flagfile=src/build/types/check.flags")
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("said").toFile())
                .start();
        assertThat(process.waitFor()).as("exit code").isNotZero();
        return Files.readString(dir.resolve("said"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(js|flags)")).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
