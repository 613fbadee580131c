package io.millrace.http;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A dashboard route that echoes, waits or streams as a test tells it. */
final class StubApi implements Api {
    final BlockingQueue<ApiRequest> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<Consumer<byte[]>> streams = new LinkedBlockingQueue<>();
    final AtomicBoolean streamClosed = new AtomicBoolean();
    final CompletableFuture<ApiResponse> later = new CompletableFuture<>();

    static ApiResponse json(int status, String body) {
        return new ApiResponse(
                status,
                Map.of("Content-Type", "application/json", "ETag", "\"v1\"", "X-Split", "a\r\nb: c"),
                body.getBytes(StandardCharsets.UTF_8),
                status == 200 ? "packed".getBytes(StandardCharsets.UTF_8) : null);
    }

    @Override
    public boolean frames(String path) {
        return path.matches("/share/token(/.*)?");
    }

    @Override
    public boolean handles(String path) {
        return path.startsWith("/api/");
    }

    @Override
    public CompletionStage<ApiResponse> handle(ApiRequest request) {
        asked.add(request);
        return request.path().endsWith("/later") ? later : CompletableFuture.completedFuture(json(200, "{}"));
    }

    @Override
    public Stream open(ApiRequest request, Consumer<byte[]> send) {
        boolean refused = request.header("authorization") == null;
        if (!refused) {
            streams.add(send);
        }
        return new Stream() {
            @Override
            public ApiResponse refusal() {
                return refused ? json(401, "{\"error\":{}}") : null;
            }

            @Override
            public void close() {
                streamClosed.set(true);
            }
        };
    }
}
