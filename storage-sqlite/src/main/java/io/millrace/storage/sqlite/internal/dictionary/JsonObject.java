package io.millrace.storage.sqlite.internal.dictionary;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes a flat map of texts as a JSON object, keys in order, so that SQL's JSON functions can read it. */
public final class JsonObject {
    private static final int FIRST_PRINTABLE = 0x20;

    private JsonObject() {}

    public static String write(Map<String, String> map) {
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
