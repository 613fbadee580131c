package io.millrace.dashboard.internal.request;

import java.util.List;

/**
 * The JSON object that a request's body is. Immutable.
 *
 * @param name what the OpenAPI document calls it
 */
public record Form(String name, List<Input> fields) {
    public Form(String name, Input... fields) {
        this(name, List.of(fields));
    }

    boolean has(String field) {
        return fields.stream().anyMatch(f -> f.name().equals(field));
    }
}
