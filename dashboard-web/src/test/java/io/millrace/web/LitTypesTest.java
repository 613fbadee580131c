package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the check of types takes for Lit has the names that Lit has. */
class LitTypesTest extends ModuleTest {
    private static final Path TYPES = Path.of("src/build/types/lit/lit-element.js");

    LitTypesTest() {
        super("lit/lit-element.js");
    }

    @Test
    void everyExportIsThere() throws IOException {
        assertThat(named("export (?:class|const) (\\w+)"))
                .contains("LitElement", "html")
                .allSatisfy(name -> assertThat(js("a in it", name)).as(name).isEqualTo(true));
    }

    @Test
    void everyMethodIsThere() throws IOException {
        assertThat(named("(?m)^  (?!constructor)(\\w+)\\(.*\\) \\{"))
                .contains("requestUpdate", "willUpdate", "render")
                .allSatisfy(name -> assertThat(js("typeof it.LitElement.prototype[a]", name))
                        .as(name)
                        .isEqualTo("function"));
        assertThat(named("\\bthis\\.(\\w+);"))
                .contains("updateComplete")
                .allSatisfy(name -> assertThat(js("a in it.LitElement.prototype", name))
                        .as(name)
                        .isEqualTo(true));
    }

    private static List<String> named(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(TYPES))
                .results()
                .map(m -> m.group(1))
                .toList();
    }
}
