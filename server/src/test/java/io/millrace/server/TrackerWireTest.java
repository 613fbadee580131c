package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.wire.BeaconReader;
import io.millrace.wire.Cleaned;
import io.millrace.wire.Draft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the tracker says is what the server reads. */
class TrackerWireTest {
    private static final Path SCRIPTS = Path.of("").toAbsolutePath().resolveSibling("tracker-js/src/main/js");

    @Test
    void theTypesOfEventsAreThoseOfTheEngine() throws IOException {
        Matcher types = Pattern.compile("type: ('.*');").matcher(Files.readString(SCRIPTS.resolve("millrace.d.ts")));
        assertThat(types.find()).isTrue();
        assertThat(types.group(1).replace("'", "").split(" \\| "))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Beacon.Type.values())
                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** What the server does not read it skips, whatever its value is; of what it reads it refuses or names a wrong value. */
    @Test
    void everyFieldOfAnEventIsRead() throws IOException {
        assertThat(fieldsOfAnEvent())
                .hasSizeGreaterThan(15)
                .allSatisfy(field -> assertThat(complaints(field)).containsExactly(field));
        assertThat(complaints("nothing")).isEmpty();
    }

    private static List<String> fieldsOfAnEvent() throws IOException {
        String externs = Files.readString(SCRIPTS.resolve("externs.js"));
        String event = externs.substring(externs.indexOf("Tracker.Event = class"));
        return Pattern.compile("this\\.(\\w+);")
                .matcher(event.substring(0, event.indexOf("};")))
                .results()
                .map(field -> field.group(1))
                .toList();
    }

    /** The fields that are wrong in a page view which has a list in this one: why it is refused, or what was left out. */
    private static List<String> complaints(String field) {
        Map<String, String> event =
                new TreeMap<>(Map.of("site_id", "1", "type", "\"pageview\"", "url", "\"https://example.com/\""));
        event.put(field, "[]");
        byte[] body = event.entrySet().stream()
                .map(e -> '"' + e.getKey() + "\":" + e.getValue())
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);
        Draft read = new BeaconReader().read(body, body.length, false).members().get(0);
        return read.error() != null
                ? List.of(read.error().field())
                : read.cleaned().stream().map(Cleaned::field).toList();
    }
}
