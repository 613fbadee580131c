package io.millrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Beacon;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.replay.internal.CombinedDecoder;
import io.millrace.replay.internal.LineDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AccessLogTest {
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";

    private final Engine engine = Engine.builder(new MemoryStorage()).start();
    private LineDecoder decoder;

    @BeforeEach
    void addSite() {
        engine.addSite(Site.of("example.com")).join();
        decoder = CombinedDecoder.of(engine.sites(), 0);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void readsAPageViewOfNginx() {
        Beacon beacon =
                beacon("203.0.113.7 - - [20/Nov/2026:05:06:40 +0100] \"GET /a%20b?utm_source=x HTTP/1.1\" 200 512"
                        + " \"https://news.example/\" \"" + AGENT + "\"");

        assertThat(beacon.time()).isEqualTo(1_795_147_600_000L);
        assertThat(beacon.trusted()).isTrue();
        assertThat(beacon.url()).isEqualTo("http://example.com/a%20b?utm_source=x");
        assertThat(beacon.hostname()).isEqualTo("example.com");
        assertThat(beacon.referrer()).isEqualTo("https://news.example/");
        assertThat(beacon.address()).isEqualTo("203.0.113.7");
        assertThat(beacon.userAgent()).isEqualTo(AGENT);
        assertThat(beacon.position()).isEqualTo(new Position("file", 42));
    }

    @Test
    void theBytesThatNginxEscapesAreUtf8() {
        Beacon beacon = beacon("203.0.113.7 - - [20/Nov/2026:05:06:40 +0000] \"GET /caf\\xC3\\xA9 HTTP/1.1\" 200 1"
                + " \"https://b\\xC3\\xBCcher.example/\" \"caf\\xE9\"");
        assertThat(beacon.url()).isEqualTo("http://example.com/café");
        assertThat(beacon.referrer()).isEqualTo("https://bücher.example/");
        assertThat(beacon.userAgent()).isEqualTo("café");
    }

    @Test
    void readsAFileThatAnEditorMarkedAndBytesThatAreNotUtf8() {
        String line = "203.0.113.7 - - [20/Nov/2026:05:06:40 +0000] \"GET /café HTTP/1.1\" 200 1 \"-\" \"a\"";
        assertThat(beacon("\uFEFF" + line).url()).isEqualTo("http://example.com/café");
        byte[] old = line.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(beacon(old).url()).isEqualTo("http://example.com/café");
    }

    @Test
    void aPathWithBlanksIsOne() {
        assertThat(beacon("203.0.113.7 - - [20/Nov/2026:05:06:40 +0000] \"GET /a b c HTTP/1.1\" 200 1")
                        .url())
                .isEqualTo("http://example.com/a b c");
        assertThat(beacon("203.0.113.7 - - [20/Nov/2026:05:06:40 +0000] \"GET /old\" 200 1")
                        .url())
                .isEqualTo("http://example.com/old");
    }

    @Test
    void refusesADayThatDoesNotExist() {
        assertThat(decode("203.0.113.7 - - [31/Feb/2026:05:06:40 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"agent\""))
                .isInstanceOfSatisfying(
                        LineDecoder.Refused.class,
                        refused -> assertThat(refused.problem()).startsWith("time: "));
    }

    @Test
    void readsTheVirtualHostOfApache() {
        Beacon beacon = beacon("shop.example.com:443 2001:db8::7 - ann [20/Nov/2026:05:06:40 +0000]"
                + " \"GET / HTTP/2.0\" 304 - \"-\" \"a \\\"quoted\\\" agent\"");

        assertThat(beacon.hostname()).isEqualTo("shop.example.com");
        assertThat(beacon.address()).isEqualTo("2001:db8::7");
        assertThat(beacon.referrer()).isNull();
        assertThat(beacon.userAgent()).isEqualTo("a \"quoted\" agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"GET /style.css HTTP/1.1\" 200 1",
                "\"GET /logo.PNG?v=2 HTTP/1.1\" 200 1",
                "\"POST /form HTTP/1.1\" 200 1",
                "\"GET /gone HTTP/1.1\" 404 1",
                "\"GET /moved HTTP/1.1\" 301 1",
                "\"\\x16\\x03\\x01\" 400 1",
                "\"-\" 408 0"
            })
    void skipsWhatIsNoPageView(String request) {
        assertThat(decode("203.0.113.7 - - [20/Nov/2026:05:06:40 +0000] " + request + " \"-\" \"agent\""))
                .isInstanceOf(LineDecoder.Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "203.0.113.7 - - [yesterday] \"GET / HTTP/1.1\" 200 1 \"-\" \"agent\"",
                "203.0.113.7 - - [32/Nov/2026:05:06:40 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"agent\""
            })
    void refusesWhatItCannotRead(String line) {
        assertThat(decode(line)).isInstanceOf(LineDecoder.Refused.class);
    }

    @Test
    void asksWhoseLogItIsWhenThereAreSeveralSites() {
        Site other = engine.addSite(Site.of("other.example")).join();

        assertThatThrownBy(() -> CombinedDecoder.of(engine.sites(), 0))
                .hasMessage("whose log is it? There are 2 sites");
        assertThatThrownBy(() -> CombinedDecoder.of(engine.sites(), 99)).hasMessage("there is no site 99");
        decoder = CombinedDecoder.of(engine.sites(), other.id());
        assertThat(beacon("::1 - - [20/Nov/2026:05:06:40 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"a\"")
                        .siteId())
                .isEqualTo(other.id());
    }

    private Beacon beacon(String line) {
        return ((LineDecoder.OfBeacon) decode(line)).beacon();
    }

    private Beacon beacon(byte[] line) {
        return ((LineDecoder.OfBeacon) decode(line)).beacon();
    }

    private LineDecoder.Line decode(String line) {
        return decode(line.getBytes(StandardCharsets.UTF_8));
    }

    private LineDecoder.Line decode(byte[] bytes) {
        List<LineDecoder.Line> decoded = new ArrayList<>();
        decoder.decode(bytes, bytes.length, new Position("file", 42), decoded::add);
        assertThat(decoded).hasSize(1);
        return decoded.get(0);
    }
}
