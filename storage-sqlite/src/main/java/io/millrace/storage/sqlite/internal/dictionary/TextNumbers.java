package io.millrace.storage.sqlite.internal.dictionary;

import java.util.Arrays;

/** The numbers of the texts of a tuple, as the key that finds it. Immutable. */
record TextNumbers(int[] parts) implements Comparable<TextNumbers> {

    int bytes() {
        return HeldBytes.numbers(0) + HeldBytes.numbers(parts.length) + Integer.SIZE; // with the tuple that it finds
    }

    @Override
    public int compareTo(TextNumbers other) {
        return Arrays.compare(parts, other.parts);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TextNumbers other && Arrays.equals(parts, other.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }
}
