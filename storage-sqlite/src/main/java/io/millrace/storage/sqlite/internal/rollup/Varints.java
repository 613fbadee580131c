package io.millrace.storage.sqlite.internal.rollup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Small numbers in few bytes: seven bits each, the lowest first. */
final class Varints {
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;

    private Varints() {}

    static void write(ByteArrayOutputStream out, int number) {
        int rest = number;
        while ((rest & ~LOW) != 0) {
            out.write(rest & LOW | MORE);
            rest >>>= 7;
        }
        out.write(rest);
    }

    static int read(ByteBuffer in) {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            number |= (b & LOW) << shift;
            if (b >= 0) {
                return number;
            }
        }
    }
}
