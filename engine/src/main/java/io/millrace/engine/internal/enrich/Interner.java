package io.millrace.engine.internal.enrich;

/**
 * Lets equal values be one object: what repeats in every visit (paths, hosts, languages, places) then takes memory once
 * and not with each of the open visits. A small table in which the newer value replaces the older one in its place; the
 * enrich thread's.
 */
final class Interner {
    private static final int PLACES = 4_096;

    /** Longer texts hardly repeat, and would let a flood of them pin memory. */
    private static final int LONGEST = 256;

    private final Object[] values = new Object[PLACES];

    /** The text, or an equal one seen before. */
    String text(String text) {
        return text == null || text.length() > LONGEST ? text : one(text);
    }

    /** The value, or an equal one seen before. */
    @SuppressWarnings("unchecked") // equal values have the same class: these are records and strings
    <T> T one(T value) {
        if (value == null) {
            return null;
        }
        int hash = value.hashCode();
        int at = (hash ^ hash >>> 16) & PLACES - 1;
        if (value.equals(values[at])) {
            return (T) values[at];
        }
        values[at] = value;
        return value;
    }
}
