package io.millrace.dashboard.internal.request;

import java.util.List;

/**
 * The JSON object that a request's body is. Immutable.
 *
 * @param name what the OpenAPI document calls it
 * @param beacon whether it may be of any content type, with fields that are not looked at
 * @param many whether it may be an array of such objects, too
 */
public record Form(String name, List<Input> fields, boolean beacon, boolean many) {
    public Form(String name, List<Input> fields) {
        this(name, fields, false, false);
    }

    public Form(String name, Input... fields) {
        this(name, List.of(fields));
    }

    public static Form ofBeacon(String name, Input... fields) {
        return new Form(name, List.of(fields), true, false);
    }

    public static Form ofBeacons(String name, Input... fields) {
        return new Form(name, List.of(fields), true, true);
    }

    boolean has(String field) {
        return fields.stream().anyMatch(f -> f.name().equals(field));
    }
}
