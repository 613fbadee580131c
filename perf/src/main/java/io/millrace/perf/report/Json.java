package io.millrace.perf.report;

import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, numbers, texts and nulls as JSON. */
public final class Json {
    private Json() {}

    /** The value as JSON, in the maps' own order. */
    public static String of(Object value) {
        StringBuilder to = new StringBuilder();
        write(value, to);
        return to.toString();
    }

    private static void write(Object value, StringBuilder to) {
        if (value instanceof Map<?, ?> map) {
            char before = '{';
            for (Map.Entry<?, ?> e : map.entrySet()) {
                to.append(before);
                text(e.getKey().toString(), to);
                to.append(':');
                write(e.getValue(), to);
                before = ',';
            }
            to.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> list) {
            char before = '[';
            for (Object member : list) {
                to.append(before);
                write(member, to);
                before = ',';
            }
            to.append(before == '[' ? "[]" : "]");
        } else if (value instanceof Double number) {
            to.append(String.format(Locale.ROOT, "%.3f", number));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            to.append(value);
        } else {
            text(value.toString(), to);
        }
    }

    private static void text(String text, StringBuilder to) {
        to.append('"');
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }
}
