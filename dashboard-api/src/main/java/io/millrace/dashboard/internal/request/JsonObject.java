package io.millrace.dashboard.internal.request;

import java.util.LinkedHashMap;

/** A JSON object in the making: fields in the order in which they were set. Not thread-safe. */
public final class JsonObject extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    public static JsonObject of(String name, Object value) {
        return new JsonObject().with(name, value);
    }

    public JsonObject with(String name, Object value) {
        put(name, value);
        return this;
    }
}
