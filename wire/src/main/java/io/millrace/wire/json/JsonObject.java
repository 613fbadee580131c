package io.millrace.wire.json;

import java.util.LinkedHashMap;

/** A JSON object in the making: fields in the order in which they were set. Not thread-safe. */
public final class JsonObject extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    /** An object without members. */
    public JsonObject() {}

    /** An object with one member. */
    public static JsonObject of(String name, Object value) {
        return new JsonObject().with(name, value);
    }

    /** Sets a member; answers this object. */
    public JsonObject with(String name, Object value) {
        put(name, value);
        return this;
    }
}
