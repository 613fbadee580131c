package io.millrace.perf.traffic;

import java.nio.charset.StandardCharsets;

/** Ids of 128 bits as trackers send them: 22 characters of the URL-safe base 64 alphabet. */
public final class Ids {
    /** Characters of an id. */
    public static final int LENGTH = 22;

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.ISO_8859_1);

    private Ids() {}

    /** Writes an id of these 128 bits at the start of {@code to}: 21 characters of six bits and one of two. */
    public static void write(long high, long low, byte[] to) {
        long h = high;
        long l = low;
        for (int i = 0; i < LENGTH; i++) {
            to[i] = ALPHABET[(int) (l & 63)];
            l = (l >>> 6) | (h << 58);
            h >>>= 6;
        }
    }

    /** The id as text. */
    public static String text(byte[] id) {
        return new String(id, 0, LENGTH, StandardCharsets.ISO_8859_1);
    }
}
