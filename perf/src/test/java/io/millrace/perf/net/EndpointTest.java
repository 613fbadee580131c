package io.millrace.perf.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, false, 127.0.0.1, 8080, 127.0.0.1:8080",
        "http://example.com, false, example.com, 80, example.com",
        "HTTPS://example.com/, true, example.com, 443, example.com",
        "https://example.com:8443, true, example.com, 8443, example.com:8443",
        "http://example.com:443, false, example.com, 443, example.com:443",
        "http://[::1]:8080, false, ::1, 8080, [::1]:8080",
        "http://my_service:8080, false, my_service, 8080, my_service:8080",
        "http://bücher.example, false, xn--bcher-kva.example, 80, xn--bcher-kva.example"
    })
    void readsAnAddress(String url, boolean secure, String host, int port, String authority) {
        Endpoint endpoint = Endpoint.of(url);
        assertThat(endpoint).isEqualTo(new Endpoint(secure, host, port, null));
        assertThat(endpoint.authority()).isEqualTo(authority);
    }

    @Test
    void keepsThePathAsWritten() {
        assertThat(Endpoint.of("https://example.com/a%20b/c?x=1").path()).isEqualTo("/a%20b/c?x=1");
        assertThat(Endpoint.of("http://example.com?x=1").path()).isEqualTo("/?x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "example.com",
                "",
                "http://",
                "http:///path",
                "ftp://example.com",
                "http://example.com:99999",
                "http://example.com:0",
                "http://example.com:http",
                "http://user:secret@example.com",
                "http://example.com/#top",
                "http://exa mple.com",
                "http://[::1"
            })
    void refusesWhatIsNone(String url) {
        assertThatThrownBy(() -> Endpoint.of(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
