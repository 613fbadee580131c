package io.millrace.wire.json;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as written. */
public final class JsonNumbers {
    private static final int LONGEST = 40;

    private JsonNumbers() {}

    /** Whether a text is a number by the grammar of JSON. */
    public static boolean isNumber(String text) {
        int i = text.startsWith("-") ? 1 : 0;
        int digits = digits(text, i);
        if (digits == i || digits > i + 1 && text.charAt(i) == '0') {
            return false;
        }
        i = digits;
        if (i < text.length() && text.charAt(i) == '.') {
            digits = digits(text, i + 1);
            if (digits == i + 1) {
                return false;
            }
            i = digits;
        }
        return i == text.length() || isExponent(text, i);
    }

    private static boolean isExponent(String text, int at) {
        if ((text.charAt(at) | 0x20) != 'e') {
            return false;
        }
        int i = at + 1;
        if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        int end = digits(text, i);
        return end > i && end == text.length();
    }

    /** Where the digits that begin at {@code from} end. */
    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    /** A number rounded to a whole one of at most 18 digits; null: too large, or not to be rounded, or no number. */
    public static Long toLong(String text, RoundingMode rounding) {
        try {
            BigDecimal number = text.length() <= LONGEST && isNumber(text) ? new BigDecimal(text) : null;
            boolean small = number != null && Math.abs((long) number.scale()) <= LONGEST;
            BigDecimal whole = small ? number.setScale(0, rounding) : null;
            return whole == null || whole.precision() > 18 ? null : Long.valueOf(whole.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** A whole number of at most 18 digits, or null. */
    public static Long toLong(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int count = text.length() - from;
        if (count < 1 || count > 18 || digits(text, from) != text.length()) {
            return null;
        }
        return Long.valueOf(text);
    }
}
