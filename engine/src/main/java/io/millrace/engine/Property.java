package io.millrace.engine;

import java.util.Objects;

/**
 * A property of custom events as what a query is broken down or filtered by. Page views and events without it have no
 * value; an empty value is as good as none. Immutable.
 *
 * @param key its name, in the case that it has
 */
public record Property(String key) implements Attribute {
    public Property {
        Objects.requireNonNull(key);
    }

    @Override
    public Kind kind() {
        return Kind.HIT;
    }

    @Override
    public boolean ofEvents() {
        return true;
    }
}
