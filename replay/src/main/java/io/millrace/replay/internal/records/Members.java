package io.millrace.replay.internal.records;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of a JSON object by name. Each throws an {@link IllegalArgumentException} that names what is wrong. */
record Members(Map<?, ?> map) {
    static Members of(Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return new Members(map);
        }
        throw new IllegalArgumentException(what + ": must be an object");
    }

    /** A text, or null. */
    String text(String name) {
        Object value = map.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException(name + ": must be a string");
    }

    String need(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException(name + ": is required");
        }
        return text;
    }

    /** A whole number; 0: there is none. */
    long number(String name) {
        Object value = map.get(name);
        if (value == null || value instanceof Long) {
            return value == null ? 0 : (Long) value;
        }
        throw new IllegalArgumentException(name + ": must be a whole number");
    }

    /** A whole number that an {@code int} holds, not below 0. */
    int count(String name) {
        long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": must be from 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /** UTC milliseconds. */
    long time(String name) {
        long time = number(name);
        if (time <= 0) {
            throw new IllegalArgumentException(name + ": must be a time in UTC milliseconds");
        }
        return time;
    }

    double decimal(String name) {
        Object value = map.get(name);
        if (value instanceof Long || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        throw new IllegalArgumentException(name + ": must be a number");
    }

    boolean truth(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    boolean has(String name) {
        return map.get(name) != null;
    }

    Members object(String name) {
        return of(map.get(name), name);
    }

    /** The objects of a list; none where it is absent. */
    List<Members> objects(String name) {
        List<Members> all = new ArrayList<>();
        list(name).forEach(item -> all.add(of(item, name)));
        return all;
    }

    /** The texts of a list; none where it is absent. */
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw new IllegalArgumentException(name + ": must be strings");
            }
            all.add(text);
        }
        return all;
    }

    private List<?> list(String name) {
        Object value = map.get(name);
        if (value == null || value instanceof List<?>) {
            return value == null ? List.of() : (List<?>) value;
        }
        throw new IllegalArgumentException(name + ": must be an array");
    }

    /** The texts of an object by name; none where it is absent. */
    Map<String, String> map(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name)) {
            Members object = object(name);
            object.map.forEach((key, value) -> texts.put((String) key, object.text((String) key)));
        }
        return texts;
    }
}
