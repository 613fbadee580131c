package io.millrace.storage.sqlite.internal.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The JSON that a statement's JSON functions read: properties of an event, and lists that one parameter carries. */
public final class SqlJson {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private SqlJson() {}

    /** An array for {@code json_each}. */
    public static String array(Collection<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    /** The same of numbers of visits. */
    public static String array(Roaring64Bitmap visits) {
        return Arrays.toString(visits.toArray());
    }

    /** A text with its quotes. */
    static String text(String text) {
        StringBuilder json = new StringBuilder();
        text(json, text);
        return json.toString();
    }

    /** A flat object, keys in order. */
    public static String object(Map<String, String> map) {
        StringBuilder json = new StringBuilder("{");
        new TreeMap<>(map).forEach((key, value) -> {
            if (json.length() > 1) {
                json.append(',');
            }
            text(json, key);
            json.append(':');
            text(json, value);
        });
        return json.append('}').toString();
    }

    /** The value of a key in each of these, which {@link #object} has written; null where there is none. */
    public static List<String> values(List<String> objects, String key) {
        String quoted = text(key);
        List<String> values = new ArrayList<>(objects.size());
        for (String object : objects) {
            values.add(value(object, quoted));
        }
        return values;
    }

    private static String value(String object, String quotedKey) {
        int at = 1;
        while (at < object.length() && object.charAt(at) == '"') {
            boolean found = object.startsWith(quotedKey, at);
            at = end(object, at) + 1;
            if (found) {
                return text(object, at + 1);
            }
            at = end(object, at) + 1;
        }
        return null;
    }

    /** The object that {@link #object} has written. */
    public static Map<String, String> map(String object) {
        Map<String, String> map = new TreeMap<>();
        for (String key : keys(object)) {
            map.put(key, values(List.of(object), key).get(0));
        }
        return map;
    }

    /** The keys of an object that {@link #object} has written. */
    public static List<String> keys(String object) {
        List<String> keys = new ArrayList<>();
        for (int at = 1; at < object.length() && object.charAt(at) == '"'; ) {
            keys.add(text(object, at + 1));
            at = end(object, end(object, at) + 1) + 1;
        }
        return keys;
    }

    /** The place behind the text that begins here with its quote. */
    private static int end(String json, int at) {
        int end = at + 1;
        while (json.charAt(end) != '"') {
            end += json.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /** The text from here to its quote. */
    private static String text(String json, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; json.charAt(i) != '"'; i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                c = json.charAt(++i);
                if (c == 'u') {
                    c = (char) Integer.parseInt(json, i + 1, i + 1 + HEX_DIGITS, HEX);
                    i += HEX_DIGITS;
                }
            }
            text.append(c);
        }
        return text.toString();
    }

    private static void text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
