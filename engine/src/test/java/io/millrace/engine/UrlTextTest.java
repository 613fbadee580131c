package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTextTest {

    @ParameterizedTest
    @CsvSource({
        "/caf%C3%A9, /café",
        "/caf%c3%a9, /café",
        "/café, /café",
        "/cafe\u0301, /café",
        "/cafe%CC%81, /café",
        "/a%20b, /a b",
        "/%7Euser, /~user",
        "/%41, /A",
        "/a%2fb, /a%2Fb",
        "/a%3Fb%23c, /a%3Fb%23c",
        "/100%, /100%25",
        "/100%25, /100%25",
        "/%zz, /%25zz",
        "/caf%e9, /caf%E9",
        "/%00%0a, /%00%0A",
        "/%E2%80%AE, /%E2%80%AE",
        "/\u202E, /%E2%80%AE",
        "/page\u200B, /page%E2%80%8B",
        "/\uFEFF%EF%BB%BF, /%EF%BB%BF%EF%BB%BF",
        "/%ED%A0%80, /%ED%A0%80",
        "/%F0%9F%98%80, /😀",
        "/%C3, /%C3",
        "/plain, /plain"
    })
    void aPageUnderManySpellingsIsOne(String sent, String stored) {
        assertThat(UrlText.path(sent)).isEqualTo(stored);
        assertThat(UrlText.path(stored)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({"50%+off+caf%C3%A9, 50% off café", "caf%E9, café", "100%, 100%", "%, %", "a%2Bb, a+b", "plain, plain"})
    void aCampaignIsReadAsItsAuthorMeantIt(String sent, String read) {
        assertThat(UrlText.value(sent)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "/abc, 4, /abc",
        "/abc, 3, /ab",
        "/a%2Fb, 3, /a",
        "/a%2Fb, 4, /a",
        "/a%2Fb, 5, /a%2F",
        "/%C3%A9x, 4, /",
        "/%C3%A9x, 6, /",
        "/%C3%A9x, 7, /%C3%A9",
        "/%F0%9F%98%80x, 12, /",
        "/%41%C3%A9x, 7, /%41",
        "/%C3x, 4, /%C3",
        "/100%, 5, /100%",
        "/100%zz, 6, /100%z",
        "/ax%, 3, /ax",
        "/é%C3%A9, 5, /é",
        "/é%C3%A9, 2, /",
        "%2F, 2, ''"
    })
    void anAddressIsCutBehindAWholeCharacter(String address, int bytes, String cut) {
        assertThat(UrlText.cut(address, bytes)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com\\path\\b?q=\\c, https://example.com/path/b?q=\\c",
        "https:\\\\example.com\\path, https://example.com/path",
        "'https://exa\nmple.com/a\tb\r\n', https://example.com/ab",
        "https:/example.com/a, https://example.com/a",
        "HTTP:example.com/a, HTTP://example.com/a",
        "https:///example.com//a, https://example.com//a",
        "//example.com/a, https://example.com/a",
        "\\\\example.com\\a, https://example.com/a",
        "///example.com/a, https://example.com/a",
        "\\a, /a",
        "/a:b, /a:b",
        "/a?u=https:/b, /a?u=https:/b",
        "file:///a/b, file:///a/b",
        "file:/C:/a, file:///C:/a",
        "android-app://com.example/, android-app://com.example/",
        "about:blank, about:blank"
    })
    void anAddressIsReadAsBrowsersReadIt(String sent, String read) {
        assertThat(UrlText.asBrowsersRead(sent)).isEqualTo(read);
        assertThat(UrlText.asBrowsersRead(read)).isEqualTo(read);
    }

    @Test
    void parametersAreReadInTheirOrder() {
        assertThat(UrlText.params("a=1&b&a=2%&=x&c="))
                .isEqualTo(Map.of("a", List.of("1", "2%"), "b", List.of(""), "c", List.of("")));
    }
}
