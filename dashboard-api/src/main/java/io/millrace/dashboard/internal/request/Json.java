package io.millrace.dashboard.internal.request;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.JsonWriter;
import com.dslplatform.json.NumberConverter;
import com.dslplatform.json.ObjectConverter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Trees of maps, lists, texts, numbers, truth values and nulls, to JSON and back. Thread-safe. */
public final class Json {
    private static final DslJson<Object> DSL = new DslJson<>(new DslJson.Settings<>()
            .limitStringBuffer(64 * 1024)
            .limitDigitsBuffer(64)
            .errorInfo(JsonReader.ErrorInfo.MINIMAL));
    private static final int MAX_DEPTH = 8;

    private Json() {}

    public static byte[] write(Object tree) {
        JsonWriter out = DSL.newWriter();
        value(out, tree);
        return out.toByteArray();
    }

    private static void value(JsonWriter out, Object v) {
        if (v == null) {
            out.writeNull();
        } else if (v instanceof String s) {
            out.writeString(s);
        } else if (v instanceof Double d) {
            NumberConverter.serialize(d, out);
        } else if (v instanceof Number n) {
            NumberConverter.serialize(n.longValue(), out);
        } else if (v instanceof Boolean b) {
            out.writeAscii(b ? "true" : "false");
        } else if (v instanceof Map<?, ?> m) {
            object(out, m);
        } else if (v instanceof Iterable<?> i) {
            array(out, i);
        } else {
            throw new IllegalArgumentException("not a JSON value: " + v.getClass());
        }
    }

    private static void object(JsonWriter out, Map<?, ?> map) {
        byte before = JsonWriter.OBJECT_START;
        for (Map.Entry<?, ?> e : map.entrySet()) {
            out.writeByte(before);
            out.writeString((String) e.getKey());
            out.writeByte(JsonWriter.SEMI);
            value(out, e.getValue());
            before = JsonWriter.COMMA;
        }
        if (before == JsonWriter.OBJECT_START) {
            out.writeByte(before);
        }
        out.writeByte(JsonWriter.OBJECT_END);
    }

    private static void array(JsonWriter out, Iterable<?> items) {
        out.writeByte(JsonWriter.ARRAY_START);
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                out.writeByte(JsonWriter.COMMA);
            }
            first = false;
            value(out, item);
        }
        out.writeByte(JsonWriter.ARRAY_END);
    }

    /**
     * Reads one object.
     *
     * @throws ApiException 400 when it is not exactly one well-formed object, nested at most {@value #MAX_DEPTH} deep
     */
    @SuppressWarnings("unchecked")
    static Map<String, Object> parse(byte[] body) {
        if (depth(body) > MAX_DEPTH) {
            throw ApiException.badRequest("malformed", "JSON is nested too deeply", null);
        }
        try {
            JsonReader<Object> reader = DSL.newReader(body);
            reader.getNextToken();
            Object read = ObjectConverter.deserializeObject(reader);
            if (read instanceof Map<?, ?> map && blank(body, reader.getCurrentIndex())) {
                return (Map<String, Object>) map;
            }
        } catch (IOException e) {
            throw ApiException.badRequest("malformed", "the body is not JSON", null);
        }
        throw ApiException.badRequest("malformed", "the body is not one JSON object", null);
    }

    private static boolean blank(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] != ' ' && body[i] != '\n' && body[i] != '\r' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static int depth(byte[] body) {
        int depth = 0;
        int deepest = 0;
        boolean text = false;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            if (text) {
                i += b == '\\' ? 1 : 0;
                text = b != '"';
            } else if (b == '"') {
                text = true;
            } else if (b == '{' || b == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return deepest;
    }

    /** The texts of a JSON array, or null when it is anything else. */
    static List<String> texts(Object value) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            return null;
        }
        return list.stream().map(String.class::cast).toList();
    }
}
