package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An OpenAPI document as a judge: says what is wrong with a request or an answer. Knows the keywords that ours uses. */
final class OpenApiDocument {
    private final Map<?, ?> root;
    private final Map<?, ?> paths;

    OpenApiDocument(Map<?, ?> root) {
        this.root = root;
        this.paths = (Map<?, ?>) root.get("paths");
    }

    /** Every operation of the API itself, {@code GET /api/sites}. */
    Set<String> operations() {
        Set<String> operations = all();
        operations.removeIf(o -> described(o).get("tags") != null);
        return operations;
    }

    /** Every operation, those that a front-end answers by itself too. */
    Set<String> all() {
        Set<String> operations = new TreeSet<>();
        paths.forEach((path, methods) -> ((Map<?, ?>) methods)
                .keySet()
                .forEach(m -> operations.add(m.toString().toUpperCase() + " " + path)));
        return operations;
    }

    /** The operation that a call is of; templates with fewer variables win. */
    String operation(String method, String path) {
        return operations().stream()
                .filter(o -> o.startsWith(method + " ")
                        && path.matches(o.substring(method.length() + 1).replaceAll("\\{[^}]+}", "[^/]+")))
                .min((a, b) -> Long.compare(variables(a), variables(b)))
                .orElseThrow(() -> new AssertionError("no operation: " + method + " " + path));
    }

    private static long variables(String operation) {
        return operation.chars().filter(c -> c == '{').count();
    }

    private Map<?, ?> described(String operation) {
        String[] methodPath = operation.split(" ");
        return (Map<?, ?>) ((Map<?, ?>) paths.get(methodPath[1])).get(methodPath[0].toLowerCase());
    }

    void checkRequest(String operation, Map<?, ?> body) {
        Map<?, ?> request = (Map<?, ?>) described(operation).get("requestBody");
        assertThat(request).as(operation + " takes a body").isNotNull();
        List<String> wrong = new ArrayList<>();
        check(schema(request), body, "body", wrong);
        assertThat(wrong).as(operation).isEmpty();
    }

    void checkAnswer(String operation, Client.Answer answer) {
        Map<?, ?> responses = (Map<?, ?>) described(operation).get("responses");
        Map<?, ?> response = (Map<?, ?>) responses.get(Integer.toString(answer.status()));
        if (response == null) {
            assertThat(answer.status()).as(operation + ": " + answer.text()).isGreaterThanOrEqualTo(400);
            response = (Map<?, ?>) resolve((Map<?, ?>) responses.get("default"));
        }
        Map<?, ?> content = (Map<?, ?>) response.get("content");
        if (content == null) {
            assertThat(answer.response().body()).as(operation).isEmpty();
            return;
        }
        String type = answer.header("Content-Type").split(";")[0];
        assertThat(content.containsKey(type)).as(operation + " answers " + type).isTrue();
        Map<?, ?> schema = (Map<?, ?>) ((Map<?, ?>) content.get(type)).get("schema");
        if (schema != null && type.equals("application/json")) {
            List<String> wrong = new ArrayList<>();
            check(schema, answer.tree(), "answer", wrong);
            assertThat(wrong).as(operation + ": " + answer.text()).isEmpty();
        }
    }

    /** Every parameter of a call must be described, and be of its type; those that are required must be there. */
    void checkParameters(String operation, Map<String, List<String>> sent) {
        Set<String> known = new TreeSet<>();
        for (Object each : (List<?>) described(operation).get("parameters")) {
            Map<?, ?> parameter = (Map<?, ?>) resolve((Map<?, ?>) each);
            Map<?, ?> schema = (Map<?, ?>) parameter.get("schema");
            String name = (String) parameter.get("name");
            if (schema.get("properties") instanceof Map<?, ?> group) {
                group.keySet().forEach(member -> known.add((String) member));
                sent.keySet().stream()
                        .filter(member -> ofFamily(schema, member) != null)
                        .forEach(known::add);
            } else if (parameter.get("in").equals("query")) {
                known.add(name);
                assertThat(sent.containsKey(name) || parameter.get("required").equals(false))
                        .as(operation + " needs " + name)
                        .isTrue();
                sent.getOrDefault(name, List.of()).forEach(value -> checkValue(operation + " " + name, schema, value));
            }
        }
        assertThat(known).as(operation).containsAll(sent.keySet());
    }

    private void checkValue(String at, Map<?, ?> schema, String value) {
        if ("integer".equals(schema.get("type"))) {
            assertThat(Long.parseLong(value)).as(at).isBetween((Long) schema.get("minimum"), (Long)
                    schema.get("maximum"));
        } else {
            assertThat(schema.get("type")).as(at).isEqualTo("string");
            if (schema.get("enum") instanceof List<?> values) {
                assertThat(values.contains(value)).as(at + " is " + value).isTrue();
            }
        }
    }

    /** The names of the fields of a schema. */
    List<String> fields(String schema) {
        Map<?, ?> properties =
                (Map<?, ?>) ((Map<?, ?>) resolve(Map.of("$ref", "#/components/schemas/" + schema))).get("properties");
        return properties.keySet().stream().map(String.class::cast).toList();
    }

    /** What an operation says of itself under a name. */
    Object of(String operation, String name) {
        return described(operation).get(name);
    }

    private static Map<?, ?> schema(Map<?, ?> holder) {
        Map<?, ?> content = (Map<?, ?>) holder.get("content");
        return (Map<?, ?>) ((Map<?, ?>) content.values().iterator().next()).get("schema");
    }

    private Object resolve(Map<?, ?> holder) {
        Object found = holder;
        while (found instanceof Map<?, ?> map && map.get("$ref") instanceof String ref) {
            found = root;
            for (String step : ref.substring(2).split("/")) {
                found = ((Map<?, ?>) found).get(step);
            }
            assertThat(found).as(ref).isNotNull();
        }
        return found;
    }

    private void check(Map<?, ?> given, Object value, String at, List<String> wrong) {
        Map<?, ?> schema = (Map<?, ?>) resolve(given);
        if (schema.get("anyOf") instanceof List<?> options) {
            boolean fits = options.stream().anyMatch(o -> {
                List<String> not = new ArrayList<>();
                check((Map<?, ?>) o, value, at, not);
                return not.isEmpty();
            });
            if (!fits) {
                wrong.add(at + " fits none: " + value);
            }
            return;
        }
        if (!typed(schema.get("type"), value)) {
            wrong.add(at + " is no " + schema.get("type") + ": " + value);
        } else if (value instanceof Map<?, ?> object && schema.containsKey("properties")) {
            checkObject(schema, object, at, wrong);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                check(items, list.get(i), at + "." + i, wrong);
            }
        } else if ("date-time".equals(schema.get("format")) && !isTime((String) value)) {
            wrong.add(at + " is no time: " + value);
        } else if (schema.get("pattern") instanceof String pattern && !((String) value).matches(pattern)) {
            wrong.add(at + " is not like " + pattern + ": " + value);
        } else if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
            wrong.add(at + " is none of " + values + ": " + value);
        }
    }

    private void checkObject(Map<?, ?> schema, Map<?, ?> object, String at, List<String> wrong) {
        Map<?, ?> properties = (Map<?, ?>) schema.get("properties");
        for (Object name : (List<?>) schema.get("required")) {
            if (!object.containsKey(name)) {
                wrong.add(at + "." + name + " is missing");
            }
        }
        object.forEach((name, value) -> {
            Object described = properties.containsKey(name) ? properties.get(name) : ofFamily(schema, (String) name);
            if (described instanceof Map<?, ?> property) {
                check(property, value, at + "." + name, wrong);
            } else {
                wrong.add(at + "." + name + " is not described");
            }
        });
    }

    /** The schema of a member that is described with others by a pattern of their names, or null. */
    private static Object ofFamily(Map<?, ?> schema, String name) {
        return schema.get("patternProperties") instanceof Map<?, ?> families
                ? families.entrySet().stream()
                        .filter(f -> name.matches((String) f.getKey()))
                        .map(Map.Entry::getValue)
                        .findAny()
                        .orElse(null)
                : null;
    }

    private static boolean typed(Object type, Object value) {
        if (type == null) {
            return true;
        }
        return switch ((String) type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
