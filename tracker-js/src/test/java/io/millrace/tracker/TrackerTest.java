package io.millrace.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TrackerTest {

    @Test
    void everyFileHasContentAndANameOfItsOwn() {
        assertThat(Tracker.files()).allSatisfy(f -> assertThat(f.bytes()).isNotEmpty());
        assertThat(Tracker.files()).extracting(TrackerFile::hashedName).doesNotHaveDuplicates();
    }

    @Test
    void theHashedNameIsThatOfTheBytes() {
        TrackerFile script = Tracker.file("t.js");
        assertThat(script.hash()).matches("[0-9a-f]{16}");
        assertThat(script.hashedName()).isEqualTo("t." + script.hash() + ".js");
        assertThat(script.contentType()).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void thePackedFormUnpacksToTheSameBytes() throws IOException {
        TrackerFile script = Tracker.file("t.full.js");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(script.gzip()))) {
            assertThat(in.readAllBytes()).isEqualTo(script.bytes());
        }
    }

    @Test
    void everySourceMapIsNamedByItsScriptAndHoldsNoPath() {
        for (String name : new String[] {"t.js", "t.full.js"}) {
            assertThat(text(name)).endsWith("//# sourceMappingURL=" + name + ".map\n");
            assertThat(text(name + ".map"))
                    .contains("\"sourcesContent\"", "core.js")
                    .doesNotContain("target/");
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Tracker.file("x.js")).isInstanceOf(NoSuchElementException.class);
    }

    private static String text(String name) {
        return new String(Tracker.file(name).bytes(), StandardCharsets.UTF_8);
    }
}
