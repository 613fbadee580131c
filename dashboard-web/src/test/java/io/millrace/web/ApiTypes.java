package io.millrace.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openqa.selenium.json.Json;

/** The answers of the API as types for the page's scripts: the build makes them of the OpenAPI document. */
public final class ApiTypes {
    private static final String HEAD = """
            /**
             * The answers of the API, made from its OpenAPI document.
             * @externs
             */

            /** @const */
            var Api = {};
            """;

    private final Map<?, ?> schemas;
    private final Set<String> reached = new TreeSet<>();

    private ApiTypes(Map<?, ?> document) {
        Map<?, ?> components = (Map<?, ?>) document.get("components");
        schemas = (Map<?, ?>) components.get("schemas");
        reach(components.get("responses"));
        ((Map<?, ?>) document.get("paths"))
                .values().stream()
                        .flatMap(path -> ((Map<?, ?>) path).values().stream())
                        .map(operation -> ((Map<?, ?>) operation).get("responses"))
                        .forEach(this::reach);
    }

    /** @param args the file to write */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (PageServer server = new PageServer(0)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url("/api/openapi.json")))
                    .build();
            String document = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            Files.writeString(Path.of(args[0]), of(new Json().toType(document, Map.class)));
        }
    }

    /** The externs for this document. */
    static String of(Map<?, ?> document) {
        ApiTypes types = new ApiTypes(document);
        return types.reached.stream().map(types::shape).collect(Collectors.joining("", HEAD, ""));
    }

    /** Notes every shape that something refers to, and what that refers to. */
    private void reach(Object part) {
        if (part instanceof Map<?, ?> map) {
            Object name = map.get("$ref");
            if (name instanceof String reference && reference.contains("/schemas/") && reached.add(named(reference))) {
                reach(schemas.get(named(reference)));
            }
            map.values().forEach(this::reach);
        } else if (part instanceof List<?> list) {
            list.forEach(this::reach);
        }
    }

    private static String named(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private String shape(String name) {
        Map<?, ?> schema = (Map<?, ?>) schemas.get(name);
        List<?> required = (List<?>) schema.get("required");
        String fields = ((Map<?, ?>) schema.get("properties"))
                .entrySet().stream()
                        .map(field -> "    /** @type {" + type((Map<?, ?>) field.getValue())
                                + (required.contains(field.getKey()) ? "" : "|undefined") + "} */ this."
                                + field.getKey() + ";\n")
                        .collect(Collectors.joining());
        return "\n/** @record */\nApi." + name + " = class {\n  constructor() {\n" + fields + "  }\n};\n";
    }

    private static String type(Map<?, ?> schema) {
        if (schema.get("$ref") instanceof String reference) {
            return "!Api." + named(reference);
        }
        if (schema.get("anyOf") instanceof List<?> either) {
            return "?" + type((Map<?, ?>) either.get(0)).replaceFirst("^!", "");
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "array" -> "!Array<" + type((Map<?, ?>) schema.get("items")) + ">";
            case "integer", "number" -> "number";
            case "string" -> "string";
            case "boolean" -> "boolean";
            default -> "?";
        };
    }
}
