package io.millrace.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TrackerTest {

    @Test
    void everyFileHasContentAndANameOfItsOwn() {
        assertThat(Tracker.files()).allSatisfy(f -> assertThat(f.bytes()).isNotEmpty());
        assertThat(Tracker.files()).extracting(TrackerFile::hashedName).doesNotHaveDuplicates();
    }

    @Test
    void theHashedNameChangesWithTheBytes() {
        TrackerFile one = TrackerFile.of("t.js", "text/javascript", new byte[] {1});
        TrackerFile other = TrackerFile.of("t.js", "text/javascript", new byte[] {2});
        assertThat(one.hashedName()).matches("t\\.[0-9a-f]{16}\\.js").isNotEqualTo(other.hashedName());
        assertThat(TrackerFile.of("t.js", "text/javascript", new byte[] {1}).hashedName())
                .isEqualTo(one.hashedName());
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
    void scriptsPostWhereTheServerTakesBeacons() {
        assertThat(Tracker.postingTo("/api/collect")).isEqualTo(Tracker.files());
        assertThat(Tracker.postingTo("/x/take"))
                .filteredOn(f -> f.name().matches("t(\\.full)?\\.js"))
                .hasSize(2)
                .allSatisfy(f -> {
                    assertThat(new String(f.bytes(), StandardCharsets.UTF_8))
                            .contains("\"x/take\"")
                            .doesNotContain("api/collect");
                    assertThat(f.hashedName())
                            .isNotEqualTo(Tracker.file(f.name()).hashedName());
                });
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Tracker.file("x.js")).isInstanceOf(NoSuchElementException.class);
    }

    private static String text(String name) {
        return new String(Tracker.file(name).bytes(), StandardCharsets.UTF_8);
    }
}
