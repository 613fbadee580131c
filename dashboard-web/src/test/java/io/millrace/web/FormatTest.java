package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, times and names as people read them. */
class FormatTest extends ModuleTest {
    FormatTest() {
        super("lib/format.js");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1234567, '1,234,567'", ", 0"})
    void wholeNumbersAreGrouped(Long n, String text) {
        assertThat(js("it.whole(a)", n)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"999, 999", "9999, '9,999'", "10000, 10K", "10449, 10.4K", "-12345, -12.3K", "1500000, 1.5M", ", 0"})
    void greatNumbersAreShort(Long n, String text) {
        assertThat(js("it.compact(a)", n)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0%", "0.04, 0.0%", "7, 7%", "7.25, 7.3%", "99.94, 100%", "-33.3, -33%", "100, 100%"})
    void smallPercentagesHaveADecimal(double p, String text) {
        assertThat(js("it.percent(a)", p)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "1.25, 1.25", "1.5, 1.5", "12.34, 12.3", ", 0.0"})
    void quotientsHaveAsManyDecimalsAsMatter(Double n, String text) {
        assertThat(js("it.decimal(a)", n)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "59, 59s",
        "59.6, 1m 00s",
        "65, 1m 05s",
        "3599, 59m 59s",
        "3600, 1h 00m",
        "86399, 23h 59m",
        "86400, 1 day",
        "190000, 2 days",
        ", 0s"
    })
    void durationsHaveTheirTwoGreatestUnits(Double seconds, String text) {
        assertThat(js("it.duration(a)", seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1999, EUR, €19.99", "1999, JPY, '¥1,999'", "1999, KWD, KWD 1.999", "-500, USD, -$5.00", "5, , –"})
    void moneyHasTheDecimalsOfItsCurrency(long minor, String currency, String text) {
        assertThat(((String) js("it.money(a, b)", minor, currency)).replace('\u00a0', ' '))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "104858, 102 KiB", "9327083, 8.9 MiB", "5e12, 4.5 TiB"})
    void bytesAreInUnitsOf1024(double n, String text) {
        assertThat(js("it.bytes(a)", n)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "country, DE, Germany",
        "country, ZZ, Unknown Region",
        "country, Germany, Germany",
        "language, de, German",
        "language, not a language, not a language",
        "device, mobile, Mobile",
        "device, toaster, toaster",
        "city, Berlin, Berlin",
        "country, (none), (none)",
        "country, '', (none)",
        "country, , (none)"
    })
    void codesBecomeNamesAndTheRestStays(String dimension, String value, String text) {
        assertThat(js("it.name(a, b)", dimension, value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T13:00, 13:00, 'Fri, Nov 20, 13:00'",
        "2026-11-20, Nov 20, 'Fri, Nov 20, 2026'",
        "2026-11, Nov 2026, Nov 2026"
    })
    void labelsOfTheGraphAreShortBelowAndFullAbove(String label, String tick, String full) {
        assertThat(js("it.tick(a)", label)).isEqualTo(tick);
        assertThat(js("it.bucket(a, null)", label)).isEqualTo(full);
    }

    @Test
    void aWeekIsNamedByItsMonday() {
        assertThat(js("it.bucket('2026-11-16', 'week')")).isEqualTo("Week of Mon, Nov 16, 2026");
    }

    @Test
    void aMomentIsWhatTheClockOfTheSiteShowed() {
        assertThat(js("it.moment('2026-11-20T23:59:30+13:45')")).isEqualTo("Fri, Nov 20, 2026, 23:59");
        assertThat(js("it.clock('2026-11-20T23:59:30+13:45')")).isEqualTo("23:59");
        assertThat(js("it.moment(null)")).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({"0, just now", "4000, just now", "65000, 1m 05s ago", "-60000, just now"})
    void timesPassedAreToldFromNow(long millis, String text) {
        assertThat(js("it.ago(new Date(Date.now() - a).toISOString())", millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/, https://example.com/",
        "HTTP://example.com, HTTP://example.com",
        "javascript:alert(1),",
        "' https://example.com',",
        "data:text/html;x,",
        "//example.com,",
        ","
    })
    void onlyWebAddressesBecomeLinks(String url, String link) {
        assertThat(js("it.safeUrl(a)", url)).isEqualTo(link);
    }

    @ParameterizedTest
    @CsvSource({
        "/caf%C3%A9, /café",
        "/caf%c3%a9/%E6%97%A5%E6%9C%AC, /café/日本",
        "/a%2Fb%20c%25, /a%2Fb%20c%25",
        "/caf%E9, /caf%E9",
        "/x%E2%80%AEfdp.exe, /x%E2%80%AEfdp.exe",
        "/50%, /50%"
    })
    void pathsAreShownInTheirOwnLetters(String stored, String shown) {
        for (String dimension : new String[] {"page", "entry_page", "exit_page"}) {
            assertThat(js("it.name(a, b)", dimension, stored)).isEqualTo(shown);
        }
        assertThat(js("it.name('source', a)", stored)).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "country, Germany, DE",
        "country, germany, DE",
        "country, de, DE",
        "country, DE, DE",
        "country, Côte d’Ivoire, CI",
        "country, Atlantis, Atlantis",
        "language, German, de",
        "device, Mobile, mobile",
        "source, Germany, Germany"
    })
    void whatIsTypedAsItIsShownIsFoundAsItIsStored(String dimension, String typed, String stored) {
        assertThat(js("it.stored(a, b)", dimension, typed)).isEqualTo(stored);
    }
}
