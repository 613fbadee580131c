package io.millrace.wire.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.NumberConverter;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes one JSON text, member by member; commas are its own business, and that brackets match is the caller's. Half a
 * surrogate pair, which UTF-8 cannot hold, becomes U+FFFD. Not thread-safe; reusable.
 */
public final class JsonWriter {
    private static final DslJson<Object> LIBRARY = new DslJson<>();

    private final com.dslplatform.json.JsonWriter out = LIBRARY.newWriter();
    private boolean first = true;

    /** A writer that has written nothing. */
    public JsonWriter() {}

    /** Begins anew. */
    public JsonWriter reset() {
        out.reset();
        first = true;
        return this;
    }

    /** Opens an object. */
    public JsonWriter object() {
        return open('{');
    }

    /** Closes it. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Opens an array. */
    public JsonWriter array() {
        return open('[');
    }

    /** Closes it. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** A member's name; its value comes next. */
    public JsonWriter name(String name) {
        separate();
        string(name);
        out.writeByte((byte) ':');
        first = true;
        return this;
    }

    /** A text, or {@code null}. */
    public JsonWriter value(String text) {
        separate();
        if (text == null) {
            out.writeNull();
        } else {
            string(text);
        }
        return this;
    }

    /** A whole number. */
    public JsonWriter value(long number) {
        separate();
        NumberConverter.serialize(number, out);
        return this;
    }

    /** {@code true} or {@code false}. */
    public JsonWriter value(boolean truth) {
        separate();
        out.writeAscii(truth ? "true" : "false");
        return this;
    }

    /** A member with its value. */
    public JsonWriter member(String name, String value) {
        return name(name).value(value);
    }

    /** A member with its value. */
    public JsonWriter member(String name, long value) {
        return name(name).value(value);
    }

    /**
     * A value of any kind that {@link Json} knows.
     *
     * @throws IllegalArgumentException when something in it is none of what JSON has
     */
    public JsonWriter tree(Object v) {
        if (v == null || v instanceof String) {
            return value((String) v);
        }
        if (v instanceof Boolean truth) {
            return value(truth.booleanValue());
        }
        if (v instanceof Double number) {
            separate();
            NumberConverter.serialize(number.doubleValue(), out);
            return this;
        }
        if (v instanceof BigDecimal number) {
            separate();
            NumberConverter.serialize(number, out);
            return this;
        }
        if (v instanceof Number number) {
            return value(number.longValue());
        }
        if (v instanceof Map<?, ?> map) {
            object();
            map.forEach((name, value) -> name((String) name).tree(value));
            return endObject();
        }
        if (v instanceof Iterable<?> items) {
            array();
            items.forEach(this::tree);
            return endArray();
        }
        throw new IllegalArgumentException("not a JSON value: " + v.getClass());
    }

    /** What was written. */
    public byte[] toByteArray() {
        return out.toByteArray();
    }

    /** What was written, as text. */
    @Override
    public String toString() {
        return new String(out.getByteBuffer(), 0, out.size(), UTF_8);
    }

    private JsonWriter open(char bracket) {
        separate();
        out.writeByte((byte) bracket);
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.writeByte((byte) bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.writeByte((byte) ',');
        }
        first = false;
    }

    private void string(String text) {
        out.writeString(hasSurrogates(text) ? new String(text.getBytes(UTF_16), UTF_16) : text);
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
