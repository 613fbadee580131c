package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.spi.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the values of properties, which no dictionary has: those of one question. Thread-safe. */
public final class PropertyValues {
    /** Characters of all values: what two questions at once may hold of the heap. */
    private static final int MOST = 1 << 23;

    private final Map<String, Integer> numbers = new HashMap<>();

    private final List<String> texts = new ArrayList<>();
    private long characters;

    /** The number of a value; 0: it is absent, or empty, which is as good. */
    synchronized int number(String value) {
        return value == null || value.isEmpty() ? 0 : numberOf(value);
    }

    /** The number of a text, be it empty; from 1. */
    synchronized int numberOf(String text) {
        return numbers.computeIfAbsent(text, this::add);
    }

    /** How many there are. */
    synchronized int size() {
        return texts.size();
    }

    private int add(String value) {
        characters += value.length();
        if (characters > MOST) {
            throw new StorageException(
                    StorageException.Kind.CONTENT,
                    "a property has too many values: ask for a shorter period, or filter by another attribute");
        }
        texts.add(value);
        return texts.size();
    }

    /** The value with a number, or null. */
    public synchronized String text(int number) {
        return number == 0 ? null : texts.get(number - 1);
    }
}
