package io.millrace.dashboard.internal.answer;

import io.millrace.dashboard.internal.shape.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is made a text. */
final class Csv {
    static final String TYPE = "text/csv; charset=utf-8";

    private Csv() {}

    /**
     * Rows with the same fields, which become the columns; nested values are left out.
     *
     * @param type of the list, which says the columns where there is no row
     * @param cut a last line, or null
     */
    static byte[] write(Type type, List<?> rows, String cut) {
        StringBuilder out = new StringBuilder();
        if (rows.isEmpty()) {
            columns(out, type);
        }
        for (Object row : rows) {
            Map<String, Object> cells = cells(row);
            if (out.isEmpty()) {
                line(out, cells.keySet());
            }
            line(out, cells.values());
        }
        if (cut != null) {
            line(out, List.of(cut));
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void columns(StringBuilder out, Type type) {
        if (type instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> row
                && row.isRecord()) {
            line(
                    out,
                    Shape.of(row).fields().stream()
                            .filter(f -> !f.omittable() && isPlain(f.type()))
                            .map(Shape.Field::name)
                            .toList());
        }
    }

    private static boolean isPlain(Type type) {
        return type instanceof Class<?> plain && !plain.isRecord();
    }

    private static Map<String, Object> cells(Object row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        if (row instanceof Record) {
            Shape.of(row.getClass())
                    .fields()
                    .forEach(f -> cells.put(f.name(), Shape.plain(f.value().apply(row))));
        } else {
            ((Map<?, ?>) row).forEach((name, value) -> cells.put((String) name, value));
        }
        cells.values()
                .removeIf(v -> v instanceof Iterable || v instanceof Map || v instanceof Record || v == Shape.ABSENT);
        return cells;
    }

    private static void line(StringBuilder out, Collection<?> cells) {
        String before = "";
        for (Object cell : cells) {
            out.append(before).append(cell(cell));
            before = ",";
        }
        out.append("\r\n");
    }

    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
