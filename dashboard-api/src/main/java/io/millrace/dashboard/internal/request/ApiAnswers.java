package io.millrace.dashboard.internal.request;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.shape.RecordJson;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/** The ways in which the API answers. */
public final class ApiAnswers {
    public static final String JSON = "application/json";
    private static final int WORTH_COMPRESSING = 1024;

    private ApiAnswers() {}

    /** JSON that nobody keeps. */
    public static ApiResponse json(int status, Record answer) {
        return body(status, JSON, RecordJson.write(answer));
    }

    public static ApiResponse body(int status, String type, byte[] body) {
        return new ApiResponse(status, Map.of("Content-Type", type, "Cache-Control", "no-store"), body, null);
    }

    public static ApiResponse text(int status, String text) {
        return body(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static ApiResponse empty(int status) {
        return new ApiResponse(status, Map.of("Cache-Control", "no-store"), new byte[0], null);
    }

    /** An answer that is there already. */
    public static CompletableFuture<ApiResponse> done(ApiResponse answer) {
        return CompletableFuture.completedFuture(answer);
    }

    public static ApiResponse error(ApiException e) {
        ApiResponse answer = body(e.status(), JSON, Json.write(JsonError.of(e.code(), e.getMessage(), e.field())));
        if (e.status() == 401) {
            return with(answer, "WWW-Authenticate", "Bearer");
        }
        return e.retryAfter() == 0 ? answer : with(answer, "Retry-After", Integer.toString(e.retryAfter()));
    }

    public static ApiResponse with(ApiResponse answer, String header, String value) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put(header, value);
        return new ApiResponse(answer.status(), headers, answer.cookies(), answer.body(), answer.gzip());
    }

    /** The body compressed, or null: too small, or no smaller. */
    public static byte[] gzip(byte[] body) {
        if (body.length < WORTH_COMPRESSING) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 4096)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size() < body.length ? out.toByteArray() : null;
    }
}
