package io.millrace.wire.json;

import com.dslplatform.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/**
 * The names that an object may have, found by hash without making a string of what the client sent. Immutable.
 *
 * @param <E> what the names stand for
 */
public final class JsonNames<E extends Enum<E>> {
    private final E[] values;
    private final byte[][] names;
    private final int mask;

    /** Names that are those of the constants, in lower case. */
    public JsonNames(E[] all) {
        this(all, value -> value.name().toLowerCase(Locale.ROOT));
    }

    public JsonNames(E[] all, Function<E, String> name) {
        int size = Integer.highestOneBit(all.length * 4);
        values = java.util.Arrays.copyOf(all, size);
        java.util.Arrays.fill(values, null);
        names = new byte[size][];
        mask = size - 1;
        for (E value : all) {
            byte[] bytes = name.apply(value).getBytes(StandardCharsets.US_ASCII);
            int at = hash(bytes) & mask;
            while (names[at] != null) {
                at = at + 1 & mask;
            }
            names[at] = bytes;
            values[at] = value;
        }
    }

    /** What the name that the reader has just read stands for, or null. */
    E find(JsonReader<?> reader) {
        int at = reader.getLastHash() & mask;
        while (names[at] != null) {
            if (reader.wasLastName(names[at])) {
                return values[at];
            }
            at = at + 1 & mask;
        }
        return null;
    }

    /** FNV-1a, as the reader computes it while it reads a name. */
    private static int hash(byte[] bytes) {
        int hash = 0x811C9DC5;
        for (byte b : bytes) {
            hash = (hash ^ b) * 0x1000193;
        }
        return hash;
    }
}
