package io.millrace.perf.traffic;

import java.nio.charset.StandardCharsets;

/** Ids of 128 bits as trackers send them: 22 characters of the URL-safe base 64 alphabet. */
public final class Ids {
    /** Characters of an id. */
    public static final int LENGTH = 22;

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.ISO_8859_1);

    private Ids() {}

    /** Writes the base 64 of these 128 bits, the highest first, at the start of {@code to}. */
    public static void write(long high, long low, byte[] to) {
        long h = high;
        long l = low;
        for (int i = 0; i < LENGTH; i++) {
            to[i] = ALPHABET[(int) (h >>> 58)];
            h = h << 6 | l >>> 58;
            l <<= 6;
        }
    }

    /** The id as text. */
    public static String text(byte[] id) {
        return new String(id, 0, LENGTH, StandardCharsets.ISO_8859_1);
    }
}
