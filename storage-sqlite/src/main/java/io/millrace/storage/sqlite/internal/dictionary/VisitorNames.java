package io.millrace.storage.sqlite.internal.dictionary;

import java.util.HexFormat;

/** How names of visitors are kept: 16 lower-case hexadecimal digits as an integer, any other as its text. */
public final class VisitorNames {
    private static final int HASH_DIGITS = 16;

    private VisitorNames() {}

    /** What to bind: a {@code Long} or the text. */
    public static Object pack(String name) {
        return name.length() == HASH_DIGITS && hexadecimal(name) ? (Object) Long.parseUnsignedLong(name, 16) : name;
    }

    /** The name of what a column holds. */
    public static String unpack(Object stored) {
        return stored instanceof Number n ? HexFormat.of().toHexDigits(n.longValue()) : (String) stored;
    }

    private static boolean hexadecimal(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
