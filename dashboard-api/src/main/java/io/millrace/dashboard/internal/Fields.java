package io.millrace.dashboard.internal;

import java.util.LinkedHashMap;

/** A JSON object in the making: fields in the order in which they were set. Not thread-safe. */
final class Fields extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    static Fields of(String name, Object value) {
        return new Fields().with(name, value);
    }

    Fields with(String name, Object value) {
        put(name, value);
        return this;
    }
}
