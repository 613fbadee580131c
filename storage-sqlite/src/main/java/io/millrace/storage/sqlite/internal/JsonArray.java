package io.millrace.storage.sqlite.internal;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists as JSON arrays, so that one parameter carries them into {@code json_each}. */
final class JsonArray {
    private JsonArray() {}

    static String of(Collection<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
