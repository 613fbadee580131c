package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyReaderTest {

    @Test
    void aPurchaseOfThreeTimesOneTenIsStoredAsThreeThirty() {
        assertThat(MoneyReader.read(Double.toString(3 * 1.10), "EUR")).isEqualTo(new Money(330, "EUR"));
    }

    @Test
    void allDigitsOfADoubleAreADecimal() {
        assertThat(MoneyReader.read(new BigDecimal(1e-5).toPlainString(), "EUR"))
                .isEqualTo(new Money(0, "EUR"));
        assertThat(MoneyReader.read("19.99" + "0".repeat(80), "EUR")).isEqualTo(new Money(1999, "EUR"));
        assertThat(MoneyReader.read(new BigDecimal(Double.MIN_VALUE).toPlainString(), "EUR"))
                .isEqualTo(new Money(0, "EUR"));
        assertThat(MoneyReader.read("1." + "0".repeat(2_000), "EUR")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "19.99, EUR, 1999",
        "' 19.99 ', ' EUR ', 1999",
        "'\u00A019.99\u202F', '\u00A0EUR', 1999",
        ".5, usd, 50",
        "5., USD, 500",
        "+7, EUR, 700",
        "007, EUR, 700",
        "-0.005, EUR, -1",
        "0.005, EUR, 1",
        "0.00499999999, EUR, 0",
        "1.5, JPY, 2",
        "1.2345, KWD, 1235",
        "1e3, EUR, 100000",
        "1E-400, EUR, 0",
        "0e99999, EUR, 0",
        "9999999999999.99, EUR, 999999999999999"
    })
    void roundsToTheMinorUnitOfTheCurrency(String amount, String currency, long minor) {
        Money money = MoneyReader.read(amount, currency);
        assertThat(money).isNotNull();
        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money.currency())
                .isEqualToIgnoringCase(currency.replace('\u00A0', ' ').strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "-",
                "19,99",
                "1 000",
                "1.2.3",
                "--1",
                "€5",
                "NaN",
                "Infinity",
                "0x10",
                "1e",
                "1e400",
                "1e2147483648",
                "1e9999999999",
                "10000000000000",
                "\u0661",
                "1_0",
                "null"
            })
    void whatIsNoDecimalIsNoMoney(String amount) {
        assertThat(MoneyReader.read(amount, "EUR")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU", "EURO", "ZZZ", "€", "978", "XXX", "XTS", "XAU"})
    void whatIsNoCurrencyIsNoMoney(String currency) {
        assertThat(MoneyReader.read("1", currency)).isNull();
    }

    @Test
    void nothingIsNoMoney() {
        assertThat(MoneyReader.read(null, "EUR")).isNull();
        assertThat(MoneyReader.read("1", null)).isNull();
    }
}
