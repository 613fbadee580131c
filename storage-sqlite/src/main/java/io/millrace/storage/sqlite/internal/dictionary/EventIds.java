package io.millrace.storage.sqlite.internal.dictionary;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * How ids of events are kept: 22 base64url characters as 17 bytes, a lower-case UUID as 16, any other as its text. Pure
 * functions, and the way back gives exactly what came.
 */
public final class EventIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] VALUES = new byte[128];
    private static final int PACKED_CHARS = 22;
    private static final int PACKED_BYTES = 17;
    private static final int UUID_CHARS = 36;
    private static final int UUID_BYTES = 16;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private EventIds() {}

    /** What to bind: a {@code byte[]}, the text, or null. */
    public static Object pack(String id) {
        if (id == null) {
            return null;
        }
        byte[] packed = id.length() == PACKED_CHARS ? packText(id) : id.length() == UUID_CHARS ? packUuid(id) : null;
        return packed == null ? id : packed;
    }

    /** The id of what a column holds. */
    public static String unpack(Object stored) {
        if (stored instanceof byte[] bytes) {
            return bytes.length == PACKED_BYTES ? unpackText(bytes) : unpackUuid(bytes);
        }
        return (String) stored;
    }

    private static byte[] packText(String id) {
        byte[] packed = new byte[PACKED_BYTES];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < PACKED_CHARS; i++) {
            char c = id.charAt(i);
            int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                return null;
            }
            bits = bits << 6 | value;
            held += 6;
            while (held >= 8) {
                held -= 8;
                packed[at++] = (byte) (bits >> held);
            }
        }
        packed[at] = (byte) (bits << 8 - held);
        return packed;
    }

    private static String unpackText(byte[] packed) {
        char[] id = new char[PACKED_CHARS];
        for (int i = 0; i < PACKED_CHARS; i++) {
            int bit = i * 6;
            int pair = (packed[bit / 8] & 0xff) << 8 | (bit / 8 + 1 < PACKED_BYTES ? packed[bit / 8 + 1] & 0xff : 0);
            id[i] = ALPHABET.charAt(pair >> 10 - bit % 8 & 63);
        }
        return new String(id);
    }

    private static byte[] packUuid(String id) {
        try {
            UUID uuid = UUID.fromString(id);
            return uuid.toString().equals(id)
                    ? ByteBuffer.allocate(UUID_BYTES)
                            .putLong(uuid.getMostSignificantBits())
                            .putLong(uuid.getLeastSignificantBits())
                            .array()
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String unpackUuid(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
