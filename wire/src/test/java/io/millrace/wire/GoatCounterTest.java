package io.millrace.wire;

import static io.millrace.wire.OneBeacon.beacon;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Beacon.Sender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What GoatCounter's tracker sends. */
class GoatCounterTest {
    private static Draft goat(String... pairs) {
        Map<String, List<String>> params = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            params.put(pairs[i], List.of(pairs[i + 1]));
        }
        return GoatCounter.read(params, 1, "e.example");
    }

    @Test
    void goatCountersBotIsABot() {
        assertThat(beacon(goat("p", "/a", "b", "150")).sender()).isEqualTo(Sender.PROGRAM);
        assertThat(beacon(goat("p", "/a", "b", "0")).sender()).isEqualTo(Sender.BROWSER);
        assertThat(beacon(goat("p", "/a")).sender()).isEqualTo(Sender.BROWSER);
    }

    @Test
    void blanksAroundGoatCountersPathDoNotCount() {
        assertThat(beacon(goat("p", " /a ")).pathname()).isEqualTo("/a");
        assertThat(goat("p", " ").error().field()).isEqualTo("p");
    }

    @Test
    void goatCountersPathIsReadAsBrowsersReadIt() {
        assertThat(beacon(goat("p", "\\docs\\a")).pathname()).isEqualTo("/docs/a");
        assertThat(beacon(goat("p", "https://e.example/a?b=1")).pathname()).isEqualTo("/a?b=1");
        assertThat(beacon(goat("p", "//a")).pathname()).isEqualTo("//a");
    }

    @Test
    void goatCounterSendsPagesAndEvents() {
        Beacon page = beacon(goat("p", "a", "t", "T", "q", "utm_source=x", "s", "1024,768,2"));
        assertThat(page.pathname()).isEqualTo("a");
        assertThat(page.url()).isEqualTo("https://e.example/?utm_source=x");
        assertThat(page.screenWidth()).isEqualTo(1024);
        Beacon event = beacon(goat("p", "click", "e", "true"));
        assertThat(event.type()).isEqualTo(Beacon.Type.EVENT);
        assertThat(event.name()).isEqualTo("click");
        assertThat(beacon(goat("p", "/click", "e", "true")).name()).isEqualTo("click");
        assertThat(goat("p", "/", "e", "true").error().field()).isEqualTo("name");
        assertThat(goat("t", "T").error().field()).isEqualTo("p");
        assertThat(goat("p", "https://[::1").error().field()).isEqualTo("p");
        assertThat(GoatCounter.read(Map.of("p", List.of("/a", "/b")), 1, "e.example")
                        .error())
                .isEqualTo(FieldError.twice("p"));
    }
}
