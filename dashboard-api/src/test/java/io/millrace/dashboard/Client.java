package io.millrace.dashboard;

import io.millrace.wire.json.Json;
import io.millrace.wire.json.MalformedJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Sends requests to an API without a carrier. Immutable. */
record Client(Api api, Map<String, String> headers) {
    private static final int MAX_DEPTH = 64;

    Client(Api api) {
        this(api, Map.of());
    }

    /** The same with a header, or without it when the value is null. */
    Client with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        if (value != null) {
            changed.put(header, value);
        }
        return new Client(api, changed);
    }

    String header(String header) {
        return headers.get(header);
    }

    Client key(String key) {
        return with("authorization", "Bearer " + key);
    }

    Answer get(String target) {
        return send("GET", target, "");
    }

    Answer send(String method, String target, String body) {
        return new Answer(ask(api, request(method, target, body)).join());
    }

    /** Opens a stream. */
    Api.Stream open(String target, Consumer<byte[]> send) {
        ApiRequest request = request("GET", target, "");
        return api.find("GET", request.path()).open(request, send);
    }

    /** Asks as a carrier does, which answers 404 where the API has nothing. */
    static CompletableFuture<ApiResponse> ask(Api api, ApiRequest request) {
        Api.Endpoint endpoint = api.find(request.method(), request.path());
        return endpoint == null
                ? CompletableFuture.completedFuture(new ApiResponse(404, Map.of(), new byte[0], null))
                : endpoint.handle(request).toCompletableFuture();
    }

    ApiRequest request(String method, String target, String body) {
        String[] parts = target.split("\\?", 2);
        return new ApiRequest(
                method,
                parts[0],
                parts.length == 1 ? Map.of() : params(parts[1]),
                headers,
                "192.0.2.1",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, List<String>> params(String query) {
        Map<String, List<String>> params = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] nameValue = pair.split("=", 2);
            params.computeIfAbsent(decode(nameValue[0]), n -> new ArrayList<>())
                    .add(nameValue.length == 1 ? "" : decode(nameValue[1]));
        }
        return params;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** An answer, and its body read. */
    record Answer(ApiResponse response) {
        int status() {
            return response.status();
        }

        String header(String name) {
            return name.equals("Set-Cookie")
                    ? response.cookies().stream().findFirst().orElse(null)
                    : response.headers().get(name);
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        /** All cookies that are set, as a browser sends them back. */
        String cookies() {
            return response.cookies().stream().map(c -> c.split(";")[0]).collect(Collectors.joining("; "));
        }

        /** The value at a path, {@code current.visitors} or {@code sources.0.name}. */
        Object at(String path) {
            Object value = tree();
            for (String step : path.split("\\.")) {
                value = value instanceof List<?> list
                        ? list.get(Integer.parseInt(step))
                        : ((Map<?, ?>) value).get(step);
            }
            return value;
        }

        Map<?, ?> tree() {
            try {
                return Json.object(response.body(), MAX_DEPTH);
            } catch (MalformedJson e) {
                throw new AssertionError(text(), e);
            }
        }
    }
}
