package io.millrace.dashboard.internal.limit;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What stands for a value that strangers may have chosen, as the key of a map: 128 bits however long the value is, and
 * nobody outside knows the secret that they are made with, so nobody can choose values that fall together. Equal values
 * have equal digests, others have others, as long as the process runs. Immutable.
 */
public record Digest(long high, long low) implements Comparable<Digest> {
    /** What one holds of the heap. */
    public static final int BYTES = 32;

    private static final byte[] SECRET = new byte[32];

    static {
        new SecureRandom().nextBytes(SECRET);
    }

    private static final ClassValue<Method[]> PARTS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .peek(m -> m.setAccessible(true))
                    .toArray(Method[]::new);
        }
    };

    /** Of these together: texts, numbers, records, and lists, sets and maps of such. */
    public static Digest of(Object... values) {
        Hasher sha = Hashing.sha256().newHasher().putBytes(SECRET);
        Arrays.stream(values).forEach(v -> put(sha, v));
        ByteBuffer bytes = ByteBuffer.wrap(sha.hash().asBytes());
        return new Digest(bytes.getLong(), bytes.getLong());
    }

    /** Each part goes in with its kind and length: no two values may be written alike. */
    private static void put(Hasher out, Object value) {
        if (value instanceof Map<?, ?> map) {
            begin(out, 'M', map.size());
            new TreeMap<>(map).forEach((k, v) -> {
                put(out, k);
                put(out, v);
            });
        } else if (value instanceof Collection<?> all) {
            begin(out, 'C', all.size());
            Stream<?> each = all.stream();
            (all instanceof Set ? each.sorted() : each).forEach(v -> put(out, v));
        } else if (value instanceof Record record) {
            Method[] parts = PARTS.get(record.getClass());
            begin(out, 'R', parts.length);
            text(out, record.getClass().getName());
            Arrays.stream(parts).forEach(part -> put(out, read(part, record)));
        } else {
            text(out, value == null ? "" : value.getClass().getName());
            text(out, String.valueOf(value));
        }
    }

    private static Object read(Method part, Record record) {
        try {
            return part.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void text(Hasher out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(out, 'T', bytes.length);
        out.putBytes(bytes);
    }

    private static void begin(Hasher out, char kind, int size) {
        out.putByte((byte) kind).putInt(size);
    }

    @Override
    public int compareTo(Digest other) {
        int order = Long.compare(high, other.high);
        return order != 0 ? order : Long.compare(low, other.low);
    }
}
