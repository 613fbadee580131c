package io.millrace.wire;

import static io.millrace.wire.OneBeacon.beacon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The image on pages without scripts. */
class PixelTest {
    @Test
    void aPixelIsAPageViewOfThePageThatShowsIt() {
        Map<String, List<String>> params = Map.of("site", List.of("WWW.e.example"), "t", List.of("x".repeat(513)));
        Draft draft = Pixel.read(params, "https://e.example/a");
        assertThat(draft.site()).isEqualTo("e.example");
        assertThat(beacon(draft).url()).isEqualTo("https://e.example/a");
        assertThat(draft.cleaned()).hasToString("[t=cut]");
        assertThat(Pixel.read(Map.of("site_id", List.of("x")), "https://e/")
                        .error()
                        .field())
                .isEqualTo("site_id");
        assertThat(Pixel.read(Map.of("site_id", List.of("1")), null).error().field())
                .isEqualTo("u");
        assertThat(Pixel.read(Map.of("site_id", List.of("1"), "u", List.of("https://a b/")), null)
                        .error()
                        .field())
                .isEqualTo("u");
        assertThat(Pixel.read(Map.of("site_id", List.of("1", "2")), "https://e/")
                        .error())
                .as("nobody knows which one was meant")
                .isEqualTo(FieldError.twice("site_id"));
        assertThat(Pixel.read(Map.of("site_id", List.of(" "), "site", List.of("e.example")), "https://e/")
                        .site())
                .isEqualTo("e.example");
    }
}
