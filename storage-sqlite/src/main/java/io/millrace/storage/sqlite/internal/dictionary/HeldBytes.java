package io.millrace.storage.sqlite.internal.dictionary;

/** How many bytes values take on the heap, with compressed references. Pure functions. */
final class HeldBytes {
    private static final int STRING = 24;
    private static final int ARRAY = 16;
    private static final int INTEGER = 16;
    private static final int LATIN1 = 0xff;

    private HeldBytes() {}

    /** A text and the number that it is kept as. */
    static int numbered(String text) {
        return STRING + ARRAY + characters(text) + INTEGER;
    }

    /** An array of so many numbers. */
    static int numbers(int count) {
        return ARRAY + count * Integer.BYTES;
    }

    private static int characters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LATIN1) {
                return text.length() * Character.BYTES;
            }
        }
        return text.length();
    }
}
