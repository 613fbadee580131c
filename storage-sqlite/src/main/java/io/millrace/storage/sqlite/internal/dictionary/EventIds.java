package io.millrace.storage.sqlite.internal.dictionary;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * How ids of events are kept: 22 base64url characters as 17 bytes, a lower-case UUID as 16, any other as its text. Pure
 * functions, and the way back gives exactly what came.
 */
public final class EventIds {
    private static final int PACKED_CHARS = 22;
    private static final int PACKED_BYTES = 17;
    /** The character of six zeros. */
    private static final char FILLER = 'A';

    private static final int UUID_CHARS = 36;
    private static final int UUID_BYTES = 16;

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

    /** One character more makes 17 whole bytes of them, and is none of the id's. */
    private static byte[] packText(String id) {
        try {
            return Base64.getUrlDecoder().decode(id + FILLER);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String unpackText(byte[] packed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(packed).substring(0, PACKED_CHARS);
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
