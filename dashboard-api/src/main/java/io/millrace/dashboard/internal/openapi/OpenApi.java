package io.millrace.dashboard.internal.openapi;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.internal.openapi.Document.Content;
import io.millrace.dashboard.internal.openapi.Document.Described;
import io.millrace.dashboard.internal.openapi.Document.Parameter;
import io.millrace.dashboard.internal.openapi.Document.Ref;
import io.millrace.dashboard.internal.openapi.Document.Response;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.shape.RecordJson;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The description of every operation, as an OpenAPI 3.1 document made from the operations themselves, and of what a front-end takes. */
public final class OpenApi {
    private static final String PATH = "/api/openapi.json";
    private static final List<Map<String, List<String>>> KEY_OR_SESSION =
            List.of(Map.of("key", List.of()), Map.of("session", List.of()));
    private final Schemas schemas = new Schemas();
    private final Map<String, Parameter> parameters = new TreeMap<>();

    private OpenApi() {}

    /** What every error is answered with; {@link io.millrace.wire.json.JsonError} writes it. */
    record Error(ErrorBody error) {}

    record ErrorBody(String code, String message, @Omittable String field) {}

    /** These operations, and the one that answers with the document of them all, which is made when it is first asked for. */
    public static List<Operation> described(List<Operation> operations, DashboardSettings settings) {
        AtomicReference<CompletableFuture<ApiResponse>> document = new AtomicReference<>();
        List<Operation> all = new ArrayList<>(operations);
        all.add(Operation.get(PATH, Permission.NOTHING, "This document")
                .withAny()
                .answers(200, ApiAnswers.JSON)
                .by(call -> {
                    CompletableFuture<ApiResponse> made = new CompletableFuture<>();
                    if (document.compareAndSet(null, made)) {
                        made.completeAsync(() -> answer(all, settings));
                    }
                    return document.get().copy();
                }));
        return all;
    }

    private static ApiResponse answer(List<Operation> all, DashboardSettings settings) {
        byte[] json = RecordJson.write(new OpenApi().document(all, settings));
        Map<String, String> headers = Map.of("Content-Type", ApiAnswers.JSON, "Cache-Control", "public, max-age=300");
        return new ApiResponse(200, headers, json, ApiAnswers.gzip(json));
    }

    private Document document(List<Operation> operations, DashboardSettings settings) {
        Map<String, Map<String, Described>> paths = new TreeMap<>();
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(CollectOperations.of(settings.collectPaths()));
        for (Operation operation : all) {
            paths.computeIfAbsent(operation.template(), p -> new LinkedHashMap<>())
                    .put(operation.method().toLowerCase(Locale.ROOT), described(operation));
        }
        Map<String, Response> responses = Map.of(
                "Error", new Response("What was wrong", Map.of(ApiAnswers.JSON, new Content(schemas.of(Error.class)))),
                "NotModified", new Response("It is still what If-None-Match names", null));
        return new Document(
                "3.1.0",
                new Document.Info("Millrace", settings.version()),
                List.of(new Document.Server("/")),
                paths,
                new Document.Components(schemas.named(), parameters, responses, securitySchemes()));
    }

    private static Map<String, Object> securitySchemes() {
        return Map.of(
                "key", Map.of("type", "http", "scheme", "bearer"),
                "session", Map.of("type", "apiKey", "in", "cookie", "name", Principal.COOKIE));
    }

    private Described described(Operation operation) {
        return new Described(
                operation.summary(),
                id(operation),
                operation.handler() == null ? List.of("collect") : null,
                operation.permission(),
                parameters(operation),
                operation.permission() == Permission.NOTHING ? List.of() : KEY_OR_SESSION,
                operation.form() == null ? null : body(operation.form()),
                responses(operation));
    }

    private Document.RequestBody body(Form form) {
        Map<String, Content> content = new TreeMap<>();
        content.put(ApiAnswers.JSON, new Content(schemas.of(form)));
        if (form.beacon()) {
            content.put("text/plain", new Content(schemas.of(form)));
        }
        return new Document.RequestBody(true, content);
    }

    private static String id(Operation operation) {
        String words = operation.template().replaceAll("[{}]", "").replaceAll("[/.-]+", "_");
        return operation.method().toLowerCase(Locale.ROOT) + words;
    }

    private Map<String, Object> responses(Operation operation) {
        Map<String, Object> responses = new TreeMap<>();
        for (Operation.Answer answer : operation.answers()) {
            String about = answer.about() == null ? operation.summary() : answer.about();
            Response before = (Response) responses.get(Integer.toString(answer.status()));
            Map<String, Content> content = new TreeMap<>(before == null ? Map.of() : before.content());
            if (answer.type() != null) {
                content.put(answer.type(), content(answer));
            }
            responses.put(
                    Integer.toString(answer.status()), new Response(about, answer.type() == null ? null : content));
        }
        if (operation.kept()) {
            responses.put("304", new Ref("#/components/responses/NotModified"));
        }
        responses.put("default", new Ref("#/components/responses/Error"));
        return responses;
    }

    private Content content(Operation.Answer answer) {
        List<Object> shapes =
                answer.shapes().stream().distinct().map(schemas::of).toList();
        return new Content(
                switch (shapes.size()) {
                    case 0 -> answer.type().equals(ApiAnswers.JSON) ? null : Map.of("type", "string");
                    case 1 -> shapes.get(0);
                    default -> Map.of("anyOf", shapes);
                });
    }

    private List<Object> parameters(Operation operation) {
        List<Object> all = new ArrayList<>();
        List<String> variables = Arrays.stream(operation.segments())
                .filter(s -> s.startsWith("{"))
                .map(s -> s.substring(1, s.length() - 1))
                .toList();
        for (String name : variables) {
            Input input = operation.inputs().stream()
                    .filter(i -> i.name().equals(name))
                    .findAny()
                    .orElseGet(() -> variable(name));
            all.add(shared(name, new Parameter(name, "path", input.about(), true, null, Schemas.of(input))));
        }
        for (Input input : operation.inputs()) {
            if (!variables.contains(input.name())) {
                Boolean explode = input.kind() == Input.Kind.GROUP ? true : null;
                all.add(shared(
                        input.name(),
                        new Parameter(
                                input.name(), "query", input.about(), input.required(), explode, Schemas.of(input))));
            }
        }
        return all;
    }

    private static Input variable(String name) {
        return name.endsWith("Id") ? Input.whole(name, 1, Integer.MAX_VALUE, null) : Input.text(name, null);
    }

    /** A reference to the parameter, which the first of its name is; itself when it is another of that name. */
    private Object shared(String name, Parameter parameter) {
        Parameter first = parameters.putIfAbsent(name, parameter);
        return first == null || first.equals(parameter) ? new Ref("#/components/parameters/" + name) : parameter;
    }
}
