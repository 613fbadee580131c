package io.millrace.dashboard.internal.openapi;

import io.millrace.dashboard.internal.openapi.Document.Ref;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.shape.Shape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON Schemas of answers, from the components of their records, and of what requests bring. Not thread-safe. */
final class Schemas {
    private final Map<String, Object> named = new TreeMap<>();
    private final Map<String, Object> sources = new HashMap<>();

    /** Those that have a name, so far. */
    Map<String, Object> named() {
        return named;
    }

    /** The schema of a value of this type. */
    Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? schema("object", "additionalProperties", of(of[1]))
                    : schema("array", "items", of(of[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain.isEnum()) {
            return choice(Arrays.stream(plain.getEnumConstants())
                    .map(c -> Shape.label((Enum<?>) c))
                    .toList());
        }
        return switch (plain.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> schema("integer");
            case "double", "Double" -> schema("number");
            case "boolean", "Boolean" -> schema("boolean");
            case "String" -> schema("string");
            case "OffsetDateTime" -> schema("string", "format", "date-time");
            case "Object" -> Map.of();
            default -> throw new IllegalArgumentException("no schema for " + type);
        };
    }

    private Ref record(Class<?> record) {
        if (isNew(Shape.name(record), record)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            List<String> required = new ArrayList<>();
            for (Shape.Field f : Shape.of(record).fields()) {
                properties.put(f.name(), f.nullable() ? orNull(of(f.type())) : of(f.type()));
                if (!f.omittable()) {
                    required.add(f.name());
                }
            }
            named.put(Shape.name(record), object(properties, required));
        }
        return reference(Shape.name(record));
    }

    /** The schema of a body. */
    Object of(Form form) {
        if (isNew(form.name(), form)) {
            Map<String, Object> schema = object(form.fields());
            schema.put("additionalProperties", form.beacon());
            named.put(form.name(), schema);
        }
        Ref one = reference(form.name());
        return form.many() ? Map.of("anyOf", List.of(one, schema("array", "items", one))) : one;
    }

    /** Notes whose a name is; two of one name would be one schema. */
    private boolean isNew(String name, Object source) {
        Object before = sources.putIfAbsent(name, source);
        if (before != null && !before.equals(source)) {
            throw new IllegalStateException("two shapes are called " + name);
        }
        return before == null;
    }

    private static Ref reference(String name) {
        return new Ref("#/components/schemas/" + name);
    }

    private static Object field(Input input) {
        Map<String, Object> schema = new LinkedHashMap<>(of(input));
        if (input.about() != null) {
            schema.put("description", input.about());
        }
        return input.nullable() ? orNull(schema) : schema;
    }

    /** The schema of a parameter's value. */
    static Map<String, Object> of(Input input) {
        Map<String, Object> schema = new LinkedHashMap<>(
                switch (input.kind()) {
                    case TEXT -> schema("string");
                    case CHOICE -> choice(input.values());
                    case DATE -> schema("string", "format", "date");
                    case TIME -> schema("string", "format", "date-time");
                    case WHOLE -> schema("integer");
                    case FRACTION -> schema("number");
                    case FLAG -> schema("boolean");
                    case TEXTS -> schema("array", "items", texts(input));
                    case MAP -> schema("object", "additionalProperties", texts(input));
                    case OBJECT -> schema("object");
                    case OBJECTS -> schema("array", "items", object(input.fields()));
                    case GROUP -> group(input);
                });
        if (input.least() < input.greatest()) {
            schema.put("minimum", input.least());
            schema.put("maximum", input.greatest());
        }
        if (input.otherwise() != null) {
            schema.put("default", input.otherwise());
        }
        return schema;
    }

    private static Map<String, Object> group(Input input) {
        Object either = Map.of("anyOf", List.of(schema("string"), schema("array", "items", schema("string"))));
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, Object> families = new LinkedHashMap<>();
        for (String name : input.values()) {
            if (name.endsWith(Input.ANY)) {
                families.put(pattern(name), either);
            } else {
                members.put(name, either);
            }
        }
        Map<String, Object> group = object(members, List.of());
        if (!families.isEmpty()) {
            group.put("patternProperties", families);
        }
        return group;
    }

    private static Map<String, Object> texts(Input input) {
        if (input.values().isEmpty()) {
            return schema("string");
        }
        List<String> names =
                input.values().stream().filter(v -> !v.endsWith(Input.ANY)).toList();
        List<Object> either = new ArrayList<>(List.of(choice(names)));
        input.values().stream()
                .filter(v -> v.endsWith(Input.ANY))
                .forEach(v -> either.add(schema("string", "pattern", pattern(v))));
        return either.size() == 1 ? choice(names) : Map.of("anyOf", either);
    }

    private static String pattern(String family) {
        return "^" + family.replace(".", "\\.").replace(Input.ANY, ".+");
    }

    private static Map<String, Object> choice(List<String> values) {
        return schema("string", "enum", values);
    }

    private static Map<String, Object> object(List<Input> fields) {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(f -> properties.put(f.name(), field(f)));
        return object(
                properties,
                fields.stream().filter(Input::required).map(Input::name).toList());
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = schema("object", "properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> orNull(Object schema) {
        return Map.of("anyOf", List.of(schema, schema("null")));
    }

    private static Map<String, Object> schema(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    private static Map<String, Object> schema(String type, String keyword, Object value) {
        Map<String, Object> schema = schema(type);
        schema.put(keyword, value);
        return schema;
    }
}
