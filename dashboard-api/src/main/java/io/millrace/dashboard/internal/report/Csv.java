package io.millrace.dashboard.internal.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Tables as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is made a text. */
final class Csv {
    static final String TYPE = "text/csv; charset=utf-8";

    private Csv() {}

    /** Rows of objects with the same fields, which become the columns; nested values are left out. */
    static byte[] write(List<?> rows) {
        StringBuilder out = new StringBuilder();
        for (Object row : rows) {
            Map<?, ?> fields = (Map<?, ?>) row;
            if (out.isEmpty()) {
                line(
                        out,
                        fields.entrySet().stream()
                                .filter(e -> flat(e.getValue()))
                                .map(Map.Entry::getKey)
                                .toList());
            }
            line(out, fields.values().stream().filter(Csv::flat).toList());
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean flat(Object value) {
        return !(value instanceof Iterable<?>) && !(value instanceof Map<?, ?>);
    }

    private static void line(StringBuilder out, List<?> cells) {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
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
