package io.millrace.engine;

/** Lengths and characters of texts that clients send. Pure functions. */
public final class PlainText {
    private PlainText() {}

    /** How many bytes a text takes in UTF-8. */
    public static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /** Whether a text takes at most this many bytes in UTF-8. */
    public static boolean fits(String text, int maxBytes) {
        return text.length() <= maxBytes && (text.length() * 3L <= maxBytes || bytes(text) <= maxBytes);
    }

    /** The longest beginning of a text that takes at most this many bytes and ends at a whole character. */
    public static String cut(String text, int maxBytes) {
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            int code = text.codePointAt(i);
            bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            i += Character.charCount(code);
        }
        return text.substring(0, i);
    }

    /** Whether a text has control characters or halves of surrogate pairs. */
    public static boolean isDirty(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F && c < 0xA0) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /**
     * The text without blanks around it, those included that {@link String#strip} leaves: no-break spaces, and what cannot
     * be seen, such as marks of direction, which come with what is copied from pages and amounts that browsers format.
     */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Whether nothing of it is left by {@link #strip}. */
    public static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || c > '~' && (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT);
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /** The text with each control character made a space and each half of a surrogate pair U+FFFD. */
    public static String clean(String text) {
        if (!isDirty(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : isHalf(c) ? 0xFFFD : c));
        return clean.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
