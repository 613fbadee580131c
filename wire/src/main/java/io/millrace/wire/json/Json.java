package io.millrace.wire.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees of maps, lists, texts, numbers, truth values and nulls, to JSON and back. Thread-safe. */
public final class Json {
    private static final int MAX_DIGITS = 64;

    private Json() {}

    /**
     * A tree as JSON.
     *
     * @throws IllegalArgumentException when something in it is none of what JSON has
     */
    public static byte[] write(Object tree) {
        return new JsonWriter().tree(tree).toByteArray();
    }

    /**
     * Reads one object and nothing else; its numbers are {@link Long} where they are whole, else {@link BigDecimal}.
     *
     * @param maxDepth objects and arrays within each other at most
     * @throws MalformedJson when it is anything else, or when a name stands twice in one object
     */
    public static Map<String, Object> object(byte[] text, int maxDepth) throws MalformedJson {
        JsonCursor cursor = new JsonCursor();
        cursor.open(text, text.length, maxDepth);
        if (!cursor.at('{')) {
            throw new MalformedJson("not an object");
        }
        Map<String, Object> object = object(cursor);
        cursor.end();
        return object;
    }

    private static Map<String, Object> object(JsonCursor cursor) throws MalformedJson {
        Map<String, Object> object = new LinkedHashMap<>();
        for (boolean more = cursor.enter('}'); more; more = cursor.next('}')) {
            String name = cursor.name();
            if (object.containsKey(name)) {
                throw new MalformedJson("a name stands twice in one object");
            }
            object.put(name, value(cursor));
        }
        return object;
    }

    /** Reads the value that the cursor stands on. */
    public static Object value(JsonCursor cursor) throws MalformedJson {
        if (cursor.at('"')) {
            return cursor.string();
        }
        if (cursor.at('{')) {
            return object(cursor);
        }
        if (cursor.at('[')) {
            List<Object> items = new ArrayList<>();
            for (boolean more = cursor.enter(']'); more; more = cursor.next(']')) {
                items.add(value(cursor));
            }
            return items;
        }
        return cursor.atNumber() ? number(cursor.number()) : literal(cursor.literal());
    }

    private static Number number(String text) throws MalformedJson {
        if (text.length() > MAX_DIGITS) {
            throw new MalformedJson("a number of more than " + MAX_DIGITS + " characters");
        }
        Long whole = JsonNumbers.toLong(text);
        return whole != null ? whole : exact(text);
    }

    private static BigDecimal exact(String text) throws MalformedJson {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new MalformedJson("a number with too large an exponent");
        }
    }

    private static Boolean literal(byte first) {
        return first == 'n' ? null : Boolean.valueOf(first == 't');
    }
}
