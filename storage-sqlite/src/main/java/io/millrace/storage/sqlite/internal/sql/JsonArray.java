package io.millrace.storage.sqlite.internal.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists as JSON arrays, so that one parameter carries them into {@code json_each}. */
public final class JsonArray {
    private JsonArray() {}

    public static String of(Collection<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
