package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "Example.COM, example.com",
        "example.com., example.com",
        "example.com:8443, example.com",
        "' example.com ', example.com",
        "me:secret@example.com:80, example.com",
        "www.example.com, www.example.com",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "b%C3%BCcher.example, xn--bcher-kva.example",
        "faß.example, xn--fa-hia.example",
        "'\u202Aexample.com\u202C', example.com",
        "пример.рф, xn--e1afmkfd.xn--p1ai",
        "straße.example, xn--strae-oqa.example",
        "STRASSE.example, strasse.example",
        "STRA\u1E9EE.example, xn--strae-oqa.example",
        "www.faß.de:443, www.xn--fa-hia.de",
        "βόλος.gr, xn--nxasmm1c.gr",
        "ΒΌΛΟΣ.gr, xn--nxasmq6b.gr",
        "\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.com, xn--mgba3gch31f060k.com",
        "'\u00A0example.com\u00A0', example.com",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "localhost, localhost",
        "my_host, my_host",
        "127.example.com, 127.example.com",
        "192.0.2.1:80, 192.0.2.1",
        "[2001:DB8::1]:80, [2001:db8::1]"
    })
    void aHostIsReadInOneWayHoweverItIsWritten(String written, String host) {
        assertThat(HostNames.of(written)).isEqualTo(host);
        assertThat(HostNames.of(host)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a..b",
                ".a",
                "a b",
                "a/b",
                "a?b",
                "a%b",
                "a%2Fb",
                "a:b",
                "a:123456",
                "[::1",
                "[x]",
                "a\u0000"
            })
    void whatIsNoHostIsNone(String text) {
        assertThat(HostNames.of(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.Example.com:8443/a?b#c, www.example.com",
        "' http://bücher.example ', xn--bcher-kva.example",
        "example.com/path, example.com",
        "https:\\\\example.com\\a, example.com",
        "https:/example.com/a, example.com",
        "//example.com/path, example.com",
        "example.com?x=https://other.example, example.com",
        "example.com, example.com"
    })
    void aHostIsFoundInWhatIsCopiedFromAnAddressBar(String typed, String host) {
        assertThat(HostNames.typed(typed)).isEqualTo(host);
    }

    @Test
    void aSiteWithoutANameIsCalledByItsDomainAsItsOwnerWritesIt() {
        assertThat(Site.of("xn--bcher-kva.example").name()).isEqualTo("bücher.example");
        assertThat(Site.of("xn--fa-hia.example").name()).isEqualTo("faß.example");
        assertThat(Site.of("xn--nxasmm1c.gr").name()).isEqualTo("βόλος.gr");
        assertThat(Site.of("xn--mgba3gch31f060k.com").name())
                .isEqualTo("\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.com");
        assertThat(Site.of("xn--.xn--9.xn--zzzzzzzz.example").name()).isEqualTo("xn--.xn--9.xn--zzzzzzzz.example");
        assertThat(Site.of("example.com").withName("\u200B").name()).isEqualTo("example.com");
        assertThat(Site.of("example.com").name()).isEqualTo("example.com");
    }

    @Test
    void aSiteIsNamedWithoutItsWww() {
        assertThat(HostNames.site("WWW.Example.com:443")).isEqualTo("example.com");
        assertThat(HostNames.site("www.com")).isEqualTo("www.com");
        assertThat(HostNames.site("www2.example.com")).isEqualTo("www2.example.com");
        assertThat(HostNames.site(null)).isNull();
        assertThat(HostNames.of("x".repeat(64) + ".example")).isNull();
    }
}
