package io.millrace.wire;

import io.millrace.engine.Money;
import io.millrace.engine.PlainText;
import io.millrace.wire.json.JsonNumbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

/**
 * Money as people and programs write it: a decimal in units of its currency, and the currency's code of ISO 4217 in
 * whatever case. Amounts are rounded half up to the currency's minor unit: {@code 3 * 1.10}, which is
 * {@code 3.3000000000000003}, is 3.30. Pure functions.
 */
public final class MoneyReader {
    private static final int MAX_CODE = 64;

    /** A double has 1,075 digits at most when a program writes all of them. */
    private static final int MAX_DIGITS = 1_100;

    /** Digits before the point. */
    private static final int MAX_WHOLE = 13;

    private MoneyReader() {}

    /** The money, or null when amount or currency cannot be read. Either may be null. */
    public static Money read(String amount, String currency) {
        Currency unit = currency(currency);
        Long minor = unit == null ? null : minor(amount, unit.getDefaultFractionDigits());
        return minor == null ? null : new Money(minor, unit.getCurrencyCode());
    }

    /** The same, or null when the amount is finer than its currency. */
    public static Money exact(String amount, String currency) {
        Money money = read(amount, currency);
        int scale = money == null ? 0 : decimal(amount).stripTrailingZeros().scale();
        return money == null || scale > currency(currency).getDefaultFractionDigits() ? null : money;
    }

    /** The currency of a code, or null; gold, tests and "no currency", which have codes, too, are none. */
    public static Currency currency(String code) {
        if (code == null || code.length() > MAX_CODE) {
            return null;
        }
        try {
            Currency currency = Currency.getInstance(PlainText.strip(code).toUpperCase(Locale.ROOT));
            return currency.getDefaultFractionDigits() < 0 ? null : currency;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** An amount in units of {@code 10^-scale}, or null. */
    private static Long minor(String amount, int scale) {
        BigDecimal decimal = decimal(amount);
        if (decimal == null) {
            return null;
        }
        long whole = (long) decimal.precision() - decimal.scale();
        if (decimal.signum() == 0 || whole < -scale) {
            return 0L;
        }
        if (whole > MAX_WHOLE) {
            return null;
        }
        return decimal.movePointRight(scale).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** A decimal as JSON writes it, or with a sign or a bare point as people do; blanks around it do not count. */
    private static BigDecimal decimal(String text) {
        String bare = text == null || text.length() > MAX_DIGITS ? "" : PlainText.strip(text);
        int at = bare.startsWith("-") || bare.startsWith("+") ? 1 : 0;
        String sign = bare.startsWith("-") ? "-" : "";
        String number = bare.substring(at);
        int zeros = 0;
        while (zeros + 1 < number.length() && number.charAt(zeros) == '0' && isDigit(number.charAt(zeros + 1))) {
            zeros++;
        }
        number = number.substring(zeros);
        number = number.length() > 1 && number.startsWith(".") ? '0' + number : number;
        number = number.endsWith(".") && number.length() > 1 ? number + '0' : number;
        try {
            return JsonNumbers.isNumber(number) ? new BigDecimal(sign + number) : null;
        } catch (NumberFormatException exponent) {
            return null;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
